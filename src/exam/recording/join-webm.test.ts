import { expect, test } from 'vitest';
import { concatBytes } from '../../base/bytes.ts';
import { joinWebm, startsAsWebm } from './join-webm.ts';
import { clusterOf, webmOf, timesOf } from './webm.fixture.ts';

const sound = (text: string): Uint8Array => new TextEncoder().encode(text);
const one = webmOf([clusterOf(0, [0, sound('a')], [60, sound('b')]), clusterOf(120, [0, sound('c')])]);
const two = webmOf([clusterOf(0, [0, sound('d')], [60, sound('e')])]);

test('one part stays as it is, byte for byte', () => {
  expect(joinWebm([one])).toBe(one);
});

test('parts play one after the other: the sound is the same, later parts have later times', () => {
  const joined = joinWebm([one, two, two]);
  expect(timesOf(joined)).toEqual([
    [0, 'a'],
    [60, 'b'],
    [120, 'c'],
    [180, 'd'],
    [240, 'e'],
    [300, 'd'],
    [360, 'e'],
  ]);
  // What was joined can be joined again.
  expect(timesOf(joinWebm([joined, two])).at(-1)).toEqual([480, 'e']);
});

test('a part that was cut off anywhere gives every whole block before the cut, and the next one follows it', () => {
  const head = webmOf([]).length;
  for (let length = head; length <= one.length; length++) {
    const times = timesOf(joinWebm([one.subarray(0, length), two]));
    const whole = times.slice(0, -2).map(([, text]) => text);
    expect('abc'.startsWith(whole.join(''))).toBe(true);
    expect(times.slice(-2).map(([, text]) => text)).toEqual(['d', 'e']);
    expect(times.map(([at]) => at)).toEqual(times.map(([at]) => at).toSorted((a, b) => a - b));
  }
});

test('clusters may say their size, and a second browser may number its track otherwise', () => {
  const sized = webmOf([clusterOf(0, [0, sound('x')], [20, sound('y')])], { sized: true, track: 2 });
  expect(timesOf(joinWebm([sized, two]))).toEqual([
    [0, 'x'],
    [20, 'y'],
    [40, 'd'],
    [100, 'e'],
  ]);
  const cut = sized.subarray(0, sized.length - 1);
  expect(timesOf(joinWebm([cut, two])).map(([, text]) => text)).toEqual(['x', 'd', 'e']);
});

test('of what is no recording nothing is lost', () => {
  const page = sound('<html><script>');
  expect(startsAsWebm(page)).toBe(false);
  expect(startsAsWebm(one)).toBe(true);
  expect(joinWebm([one, page])).toEqual(concatBytes(one, page));
  expect(joinWebm([page, one])).toEqual(concatBytes(page, one));
});

test('bytes that are no WebM any more end a part, and nothing else', () => {
  const noise = concatBytes(webmOf([]), new Uint8Array(2_000).fill(0xff));
  expect(timesOf(joinWebm([noise, two])).map(([, text]) => text)).toEqual(['d', 'e']);
});
