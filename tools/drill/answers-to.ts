/** What a virtual candidate answers: chosen by chance, written in several scripts; recordings are played, files are not uploaded. */
import { anyAnswer } from '../../src/exam/answer/any-answer.ts';
import type { PaperItem } from '../../src/exam/paper/model.ts';
import type { ItemResponses } from '../../src/exam/paper/response.ts';

const words = 'the a room light water answer because river school Мысль 水 therefore seven never grows'.split(
  ' ',
);

export function answersTo(item: PaperItem, random: () => number): ItemResponses {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  return anyAnswer(item, random, {
    entry: () => String(Math.floor(random() * 1_000)),
    essay: () => Array.from({ length: 20 + Math.floor(random() * 200) }, () => pick(words)).join(' '),
  });
}
