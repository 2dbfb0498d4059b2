import fc from 'fast-check';
import ipp from 'ipp-encoder';
import { expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { decodeAnswer, encodeRequest, groupTags } from './message.ts';

test('another library reads what is written here', () => {
  const message = encodeRequest(11, 7, [
    {
      tag: groupTags.operation,
      attributes: [
        ['charset', 'attributes-charset', 'utf-8'],
        ['keyword', 'requested-attributes', ['printer-state', 'sides-supported']],
        ['integer', 'limit', -5],
        ['boolean', 'my-jobs', true],
      ],
    },
  ]);
  expect(ipp.request.decode(Buffer.from(message))).toMatchObject({
    operationId: 11,
    requestId: 7,
    groups: [
      {
        tag: 1,
        attributes: [
          { name: 'attributes-charset', value: ['utf-8'] },
          { name: 'requested-attributes', value: ['printer-state', 'sides-supported'] },
          { name: 'limit', value: [-5] },
          { name: 'my-jobs', value: [true] },
        ],
      },
    ],
  });
});

test('ranges, texts with a language and values in collections are read as what they are', () => {
  const value = (tag: number, name: string, ...bytes: readonly number[]): number[] => [
    tag,
    0,
    name.length,
    ...Buffer.from(name),
    0,
    bytes.length,
    ...bytes,
  ];
  const answer = Uint8Array.of(
    2,
    0,
    0,
    0,
    0,
    0,
    0,
    9,
    4,
    ...value(0x33, 'copies-supported', 0, 0, 0, 1, 0, 0, 3, 231),
    ...value(0x36, 'printer-name', 0, 2, 0x72, 0x75, 0, 2, 0xd0, 0x9b),
    ...value(0x34, 'media-col'),
    ...value(0x4a, '', 0x78),
    ...value(0x21, '', 0, 0, 0, 5),
    ...value(0x37, ''),
    ...value(0x23, 'printer-state', 0, 0, 0, 3),
    3,
  );
  const { groups } = expectOk(decodeAnswer(answer));
  expect([...(groups[0]?.attributes ?? [])]).toEqual([
    ['copies-supported', [{ from: 1, to: 999 }]],
    ['printer-name', ['Л']],
    ['media-col', [null]],
    ['printer-state', [3]],
  ]);
});

test('whatever comes, it is read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
      const read = decodeAnswer(Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 1, ...rest]));
      expect(read.ok || read.refusal.type === 'printer-unusable').toBe(true);
    }),
  );
});
