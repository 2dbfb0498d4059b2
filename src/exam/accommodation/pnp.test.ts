import { expect, test } from 'vitest';
import { utf8 } from '../../base/bytes.ts';
import { expectOk, type Result } from '../../base/result.ts';
import type { RosterRow } from '../roster/roster.ts';
import { noAccommodations, type Accommodations } from './accommodations.ts';
import { readPnpFile } from './pnp.ts';
import { withPnpFiles } from './read-pnp-files.ts';

const namespace = 'xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imsafa3p0pnp_v1p0"';
const pnp = (inner: string): string => `<access-for-all-pnp ${namespace}>${inner}</access-for-all-pnp>`;

function read(inner: string): Result<Accommodations> {
  const [record] = expectOk(readPnpFile(utf8(pnp(inner))));
  if (!record) throw new Error('no record');
  return record.pnp;
}

test.each([
  [
    '<additional-testing-time><time-multiplier>1.25</time-multiplier></additional-testing-time>',
    { timePercent: 25 },
  ],
  [
    '<additional-testing-time><fixed-minutes>15</fixed-minutes></additional-testing-time>',
    { timeMinutes: 15 },
  ],
  ['<additional-testing-time><unlimited/></additional-testing-time>', { timeUnlimited: true }],
  ['<magnification><all-content zoom-amount="2"/></magnification>', { textPercent: 200 }],
  ['<text-appearance><font-size>27</font-size></text-appearance>', { textPercent: 200 }],
  [
    '<text-appearance><background-color>000</background-color><font-color>#FFFF00</font-color></text-appearance>',
    { colours: { text: '#ffff00', background: '#000000' } },
  ],
  [
    '<invert-display-polarity foreground="#FFFFFF" background="#000000"/>',
    { colours: { text: '#ffffff', background: '#000000' } },
  ],
  ['<high-contrast/>', { colours: { text: '#000000', background: '#ffffff' } }],
  ['<layout-single-column/>', { singleColumn: true }],
  [
    '<activate-at-initialization-set><layout-single-column/></activate-at-initialization-set>',
    { singleColumn: true },
  ],
  ['<input-requirements>full-keyboard-control</input-requirements>', {}],
  ['<alternative-text/><captions/>', {}],
  ['<spoken><reading-type>screen-reader</reading-type></spoken>', {}],
  ['<layout-single-column/><prohibit-set><layout-single-column/></prohibit-set>', {}],
])('%s is what the screen does', (inner, does) => {
  expect(expectOk(read(inner))).toEqual({ ...noAccommodations, ...does });
});

test('what the screen does not do is named, each of it', () => {
  expect(
    expectOk(
      read(`<keyword-translation xml:lang="es"/><braille><grade>2</grade></braille><line-reader highlight-color="#FFFF00"/>
        <spoken><reading-type>computer-read-aloud</reading-type><speech-rate>120</speech-rate></spoken><environment><breaks>true</breaks></environment>
        <magnification><text zoom-amount="1.5"/><non-text zoom-amount="2"/></magnification>
        <text-appearance><line-spacing>1.5</line-spacing></text-appearance><something-new/>
        <activate-as-option-set><calculator-on-screen/></activate-as-option-set>`),
    ),
  ).toEqual({
    ...noAccommodations,
    textPercent: 150,
    readAloud: true,
    others: [
      'keyword-translation (es)',
      'braille (2)',
      'line-reader (#FFFF00)',
      'spoken: speech-rate 120',
      'environment: breaks true',
      'magnification: non-text',
      'text-appearance: line-spacing 1.5',
      'something-new',
      'calculator-on-screen',
    ],
  });
});

test.each([
  ['<additional-testing-time/>', 'pnp-time-without-amount'],
  [
    '<additional-testing-time><unlimited/><fixed-minutes>5</fixed-minutes></additional-testing-time>',
    'pnp-time-twice',
  ],
  [
    '<additional-testing-time><time-multiplier>0.5</time-multiplier></additional-testing-time>',
    'pnp-value-outside',
  ],
  ['<additional-testing-time><time-multiplier/></additional-testing-time>', 'pnp-value-outside'],
  [
    '<additional-testing-time><fixed-minutes>601</fixed-minutes></additional-testing-time>',
    'pnp-value-outside',
  ],
  ['<magnification><all-content zoom-amount="9"/></magnification>', 'pnp-value-outside'],
  ['<text-appearance><font-size>big</font-size></text-appearance>', 'pnp-value-outside'],
  ['<invert-display-polarity foreground="red"/>', 'pnp-colour-unreadable'],
  ['<invert-display-polarity foreground="#777" background="#888"/>', 'colours-too-alike'],
])('%s is refused', (inner, type) => {
  expect(read(inner)).toMatchObject({ ok: false, refusal: { type } });
});

const row = (admissionNumber: string, accommodations: Partial<Accommodations> = {}): RosterRow => ({
  sessionNumber: 1,
  siteCode: 'S',
  siteName: 'S',
  region: null,
  roomCode: 'R',
  roomName: 'R',
  admissionNumber,
  name: 'N',
  seatNumber: null,
  accommodations: { ...noAccommodations, ...accommodations },
});
const time = (minutes: number): string =>
  `<additional-testing-time><fixed-minutes>${minutes}</fixed-minutes></additional-testing-time>`;

test('files go by number or by person, add to the row, and refuse what contradicts it', () => {
  const records = `<access-for-all-pnp-records ${namespace}>
    <access-for-all-pnp-record><person-sourced-id source-system="x">2</person-sourced-id>${pnp(time(20))}</access-for-all-pnp-record>
    <access-for-all-pnp-record><person-sourced-id source-system="x">9</person-sourced-id>${pnp(time(5))}</access-for-all-pnp-record>
  </access-for-all-pnp-records>`;
  const files = new Map([
    ['pnp/1.xml', utf8(pnp(`${time(10)}<tactile/>`))],
    ['all.xml', utf8(records)],
    ['3.xml', utf8('<note/>')],
    ['2.xml', utf8(pnp(''))],
    ['4.xml', utf8('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>')],
  ]);
  const read = withPnpFiles(
    [row('1', { textPercent: 150, others: ['lift'] }), row('2', { timeMinutes: 30 })],
    [2, 4],
    files,
  );
  expect(read.rows[0]?.accommodations).toEqual({
    ...noAccommodations,
    timeMinutes: 10,
    textPercent: 150,
    others: ['lift', 'tactile'],
  });
  expect(read.errors.map(({ line, value, reason }) => [line, value, reason.type])).toEqual([
    [0, 'all.xml 9', 'pnp-of-nobody'],
    [0, '3.xml', 'pnp-not-one'],
    [0, '2.xml', 'pnp-twice'],
    [0, '4.xml', 'xml-has-doctype'],
    [4, '2', 'accommodation-contradicts'],
  ]);
});
