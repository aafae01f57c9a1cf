-- The words of passages, as those of turns (see r0001).
CREATE TABLE passage_word (
  word text COLLATE "C" NOT NULL,
  passage integer NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
  count integer NOT NULL,
  length integer NOT NULL,  -- how many words the passage has
  PRIMARY KEY (word, passage)
);
CREATE INDEX passage_word_passage ON passage_word (passage);
CREATE TABLE passage_total (passages bigint NOT NULL, words bigint NOT NULL);
INSERT INTO passage_total VALUES (0, 0);

CREATE FUNCTION passage_index() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vector tsvector := words_of(NEW.text);
  many integer := (SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(vector));
BEGIN
  INSERT INTO passage_word SELECT lexeme, NEW.id, cardinality(positions), many FROM unnest(vector);
  UPDATE passage_total SET passages = passages + 1, words = words + many;
  RETURN NULL;
END $$;
CREATE TRIGGER passage_index AFTER INSERT ON passage FOR EACH ROW EXECUTE FUNCTION passage_index();

CREATE FUNCTION passage_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE passage_total SET passages = passages - 1,
    words = words - coalesce((SELECT length FROM passage_word WHERE passage = OLD.id LIMIT 1), 0);
  RETURN OLD;
END $$;
CREATE TRIGGER passage_gone BEFORE DELETE ON passage FOR EACH ROW EXECUTE FUNCTION passage_gone();
