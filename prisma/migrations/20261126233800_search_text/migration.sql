-- What a prompt is searched by: one spelling for all (compatible letters, case, accents, what cannot be seen, quotation
-- marks, dashes, loose jamo), Korean without blanks, every syllable behind its initial consonant (바다 → ㅂ바ㄷ다), which makes
-- two syllables four letters for the trigram index, then on a line of its own the initials alone. lib/text/search.ts says the same.
CREATE FUNCTION search_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  WITH spelled AS (
    SELECT translate(replace(replace(replace(replace(btrim(regexp_replace(lower(normalize(regexp_replace(normalize(
      CASE WHEN given ~ '[ㄳㄵㄶㄺ-ㅀㅄ]' THEN replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(given,
        'ㄳ', 'ㄱㅅ'), 'ㄵ', 'ㄴㅈ'), 'ㄶ', 'ㄴㅎ'), 'ㄺ', 'ㄹㄱ'), 'ㄻ', 'ㄹㅁ'), 'ㄼ', 'ㄹㅂ'), 'ㄽ', 'ㄹㅅ'), 'ㄾ', 'ㄹㅌ'), 'ㄿ', 'ㄹㅍ'), 'ㅀ', 'ㄹㅎ'), 'ㅄ', 'ㅂㅅ')
      ELSE given END, NFKD),
      '[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]', '', 'g'), NFC)),
      '[ \t\n\r\f\v\u0085\u1680\u2028\u2029]+', ' ', 'g'), ' '), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      'øđłıς’‘ʼ´“”„‐–—―−'||U&'\1100\1101\1102\1103\1104\1105\1106\1107\1108\1109\110A\110B\110C\110D\110E\110F\1110\1111\1112'||U&'\1161\1162\1163\1164\1165\1166\1167\1168\1169\116A\116B\116C\116D\116E\116F\1170\1171\1172\1173\1174\1175',
      'odliσ''''''''"""-----ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ') AS text
  ), letters AS (
    SELECT letter, place,
      CASE WHEN letter COLLATE "C" BETWEEN '가' AND '힣' THEN substr('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', (ascii(letter) - 44032) / 588 + 1, 1)
           WHEN strpos('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', letter) > 0 THEN letter END AS initial
    FROM spelled, unnest(string_to_array(regexp_replace(text, '(?<=[ㄱ-ㆎ가-힣぀-ヿ㐀-䶿一-鿿]) | (?=[ㄱ-ㆎ가-힣぀-ヿ㐀-䶿一-鿿])', '', 'g'), NULL)) WITH ORDINALITY AS one(letter, place)
  )
  SELECT coalesce(string_agg(CASE WHEN letter = initial THEN letter || U&'\115F' ELSE coalesce(initial, '') || letter END, '' ORDER BY place), '')
    || E'\n' || coalesce(btrim(regexp_replace(string_agg(coalesce(initial, ' '), '' ORDER BY place), ' +', ' ', 'g'), ' '), '')
  FROM letters
$$;

ALTER TABLE "Generation" ADD COLUMN "search" TEXT;
UPDATE "Generation" SET "search" = search_text("prompt");

CREATE FUNCTION fill_generation_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."search" := search_text(NEW."prompt");
  RETURN NEW;
END
$$;
CREATE TRIGGER "Generation_search" BEFORE INSERT OR UPDATE OF "prompt", "search" ON "Generation"
  FOR EACH ROW EXECUTE FUNCTION fill_generation_search();

DROP INDEX "Generation_prompt_lower_idx";
CREATE INDEX "Generation_search_idx" ON "Generation" USING GIN ("search" gin_trgm_ops) WHERE "search" IS NOT NULL;
