/**
 * What a candidate is found by: the beginnings of the admission number and of every part of the name. Chinese, Japanese and Korean write
 * no spaces: there every character begins a word. One table with one index serves both databases alike, for a million candidates; the
 * databases' own text searches need three letters at least, and a Chinese name has two or three.
 */

/** Upper and lower case are the same in a search, in every alphabet: neither database does that by itself for all of them. */
export function foldedForSearch(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const longest = 40;
/** Of one candidate: a name of people has far fewer. */
const mostWords = 20;

/** What was typed into the search, as beginnings of words. */
export function searchTerms(search: string): string[] {
  const terms = foldedForSearch(search)
    .split(/\s+/u)
    .map((term) => term.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '').slice(0, longest))
    .filter((term) => term !== '');
  return [...new Set(terms)].slice(0, 8);
}

export function wordsOf(candidate: { readonly admission_number: string; readonly name: string }): string[] {
  const words = new Set([foldedForSearch(candidate.admission_number)]);
  const name = foldedForSearch(candidate.name);
  for (const word of name.split(/\s+/u)) words.add(word.replaceAll(/^[^\p{L}\p{N}]+/gu, ''));
  // Double names and initials: each part by itself, too.
  for (const part of name.split(/[^\p{L}\p{M}\p{N}]+/u)) words.add(part);
  for (const [run] of name.matchAll(withoutSpaces)) {
    const signs = [...run];
    for (let i = 1; i < signs.length; i++) words.add(signs.slice(i).join(''));
  }
  words.delete('');
  return [...new Set([...words].map((word) => word.slice(0, longest)))].slice(0, mostWords);
}

/** The first text behind all that begin with this one, by code points as both databases order them. */
export function behind(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
