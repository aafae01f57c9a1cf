-- A quote is verbatim, and about the person only what the person said (no book, no tool) counts.
CREATE FUNCTION evidence_honest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM turn WHERE id = NEW.turn AND strpos(text, NEW.quote) > 0) OR
     EXISTS (SELECT 1 FROM belief b JOIN being a ON a.id = b.about JOIN turn t ON t.id = NEW.turn
             JOIN being s ON s.id = t.speaker
             WHERE b.id = NEW.belief AND a.kind = 'user' AND (s.kind <> 'user' OR t.via IN ('book', 'tool')))
  THEN RAISE integrity_constraint_violation USING MESSAGE = 'evidence must quote the person';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evidence_honest BEFORE INSERT ON evidence FOR EACH ROW EXECUTE FUNCTION evidence_honest();

-- A belief that nothing said supports any more is none; one the person wrote themself stands.
CREATE FUNCTION evidence_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM evidence WHERE belief = OLD.belief AND stance = 1) THEN
    DELETE FROM belief WHERE id = OLD.belief AND author <> 'user';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER evidence_gone AFTER DELETE ON evidence FOR EACH ROW EXECUTE FUNCTION evidence_gone();
