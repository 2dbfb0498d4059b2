/** What any computer of a school's network may answer to a search for printers and scanners. */
import fc from 'fast-check';
import { answerOf } from '../../../src/hardware/network-device/discovery/answer.fixture.ts';
import { made, type FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';

const label = fc.oneof(
  fc.constantFrom('_ipp', '_uscan', '_tcp', 'local', 'Printer', ''),
  fc.string({ maxLength: 70 }),
);
const name = fc.array(label, { maxLength: 8 });
const answers = fc.record({
  instance: fc.oneof(name, fc.constant(['Printer', '_ipp', '_tcp', 'local'])),
  host: name,
  port: fc.integer({ min: 0, max: 65_535 }),
  texts: fc.array(fc.string({ maxLength: 255 }), { maxLength: 30 }),
});

export const deviceAnswer: FuzzedReader = {
  name: 'device-answer',
  stage: null,
  open: () =>
    Promise.resolve({
      samples: [answerOf(7, {}), answerOf(7, { type: 'escl', name: 'Сканер' })],
      made: made(answers, (more) => answerOf(7, more)),
      ...openReader('discovery'),
    }),
};
