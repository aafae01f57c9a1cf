-- What SQLite's FTS5 keeps by itself: an index of words with their counts, and totals for BM25.
--
-- Not a GIN index over tsvector: under row-level security PostgreSQL uses an index only for operators that are
-- leakproof, and @@ is not. Equality of words is.

-- Words as FTS5's "porter unicode61 remove_diacritics 2" makes them; none is left out.
CREATE TEXT SEARCH DICTIONARY stem (TEMPLATE = snowball, LANGUAGE = 'porter');
CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING REPLACE simple WITH stem;

-- Letters and digits only, without diacritics. A tsvector holds a megabyte: of longer texts the beginning counts.
CREATE FUNCTION plain_words(said text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT regexp_replace(
    regexp_replace(normalize(left(said, 200000), NFKD), '[\u0300-\u036f]', '', 'g'),
    '[^0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u1fff\u2070-\u218f\u2c00-\u2dff\u3040-\ua4cf\ua500-\ufaff\ufb00-\ufdff\ufe70-\ufefe\uff10-\uffef\U00010000-\U0010ffff]+',
    ' ', 'g')
$$;
CREATE FUNCTION words_of(said text) RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT to_tsvector('words', plain_words(said))
$$;

CREATE TABLE turn_fts (
  rowid integer PRIMARY KEY REFERENCES turn (id) ON DELETE CASCADE,
  own text NOT NULL,
  near text NOT NULL,
  words tsvector NOT NULL,  -- own words of weight A, near ones of weight B
  length integer NOT NULL   -- how many words there are of both
);
CREATE TABLE turn_word (
  word text COLLATE "C" NOT NULL,
  turn integer NOT NULL REFERENCES turn_fts (rowid) ON DELETE CASCADE,
  own integer NOT NULL,
  near integer NOT NULL,
  PRIMARY KEY (word, turn)
);
CREATE INDEX turn_word_turn ON turn_word (turn);
CREATE TABLE turn_total (turns bigint NOT NULL, words bigint NOT NULL);
INSERT INTO turn_total VALUES (0, 0);

CREATE FUNCTION turn_fts_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.words := setweight(words_of(NEW.own), 'A') || setweight(words_of(NEW.near), 'B');
  NEW.length := (SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(NEW.words));
  RETURN NEW;
END $$;
CREATE TRIGGER turn_fts_words BEFORE INSERT OR UPDATE OF own, near ON turn_fts
  FOR EACH ROW EXECUTE FUNCTION turn_fts_words();

CREATE FUNCTION turn_fts_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO turn_word (word, turn, own, near)
      SELECT lexeme, NEW.rowid, count(*) FILTER (WHERE weight = 'A'), count(*) FILTER (WHERE weight = 'B')
      FROM unnest(NEW.words) AS of_it, unnest(of_it.weights) AS weight GROUP BY lexeme
    ON CONFLICT (word, turn) DO UPDATE SET own = excluded.own, near = excluded.near
      WHERE (turn_word.own, turn_word.near) <> (excluded.own, excluded.near);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM turn_word WHERE turn = NEW.rowid AND word <> ALL (tsvector_to_array(NEW.words));
  END IF;
  UPDATE turn_total SET
    turns = turns + CASE TG_OP WHEN 'INSERT' THEN 1 WHEN 'DELETE' THEN -1 ELSE 0 END,
    words = words + CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE NEW.length END
                  - CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.length END;
  RETURN NULL;
END $$;
CREATE TRIGGER turn_fts_index AFTER INSERT OR UPDATE OR DELETE ON turn_fts
  FOR EACH ROW EXECUTE FUNCTION turn_fts_index();
