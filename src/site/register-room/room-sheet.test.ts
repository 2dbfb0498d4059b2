import bwipjs from 'bwip-js/node';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { readRegistration } from '../../exam/room-registration/registration-text.ts';
import { trialSite, type TrialSite } from '../site.fixture.ts';
import { roomSheet } from './room-sheet.ts';

let open: TrialSite | null = null;
afterEach(() => open?.close());

test('the sheet shows every open registration as a square code, and none of a room that is registered', async () => {
  open = await trialSite('formal');
  const addresses = ['10.0.0.7:7431', '192.168.1.7:7431'];
  const sheet = await roomSheet(open.site, 'ru', addresses);
  const squares = sheet.match(/<svg[^]*?<\/svg>/g) ?? [];
  expect(squares).toHaveLength(1);
  const text = 'INVIGIL/1/R2/CODE/10.0.0.7:7431,192.168.1.7:7431';
  const options = { bcid: 'qrcode', text, eclevel: 'M', paddingwidth: 8, paddingheight: 8 };
  expect(squares[0]).toBe(bwipjs.toSVG(options).trim());
  // The picture has the modules of that text and of no other.
  const [{ pixs, pixx }] = bwipjs.raw(options) as unknown as [{ pixs: number[]; pixx: number }];
  expect(pixs.length).toBe(pixx * pixx);
  expect(darkModules(squares[0] ?? '', pixx)).toEqual(pixs);
  expect(expectOk(readRegistration(text))).toEqual({ roomCode: 'R2', registrationCode: 'CODE', addresses });
});

/** Reads the outlines of the picture: a module is dark when a ray to the left crosses them an odd number of times. */
function darkModules(svg: string, across: number): number[] {
  const edges: { x: number; from: number; to: number }[] = [];
  let [x, y] = [0, 0];
  let begin: [number, number] = [0, 0];
  const to = (nextX: number, nextY: number): void => {
    if (nextX === x && nextY !== y) edges.push({ x, from: Math.min(y, nextY), to: Math.max(y, nextY) });
    [x, y] = [nextX, nextY];
  };
  for (const [, step = '', numbers = ''] of svg.matchAll(/([MLZ])([\d. ,-]*)/g)) {
    const [a = 0, b = 0] = numbers
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (step === 'M') [x, y, begin] = [a, b, [a, b]];
    else if (step === 'Z') to(...begin);
    else to(a, b);
  }
  return Array.from({ length: across * across }, (_, i) => {
    const [px, py] = [(4 + (i % across) + 0.5) * 4, (4 + Math.floor(i / across) + 0.5) * 4];
    return edges.filter((edge) => edge.x < px && edge.from < py && py < edge.to).length % 2;
  });
}
