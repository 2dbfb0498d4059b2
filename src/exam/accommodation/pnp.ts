/**
 * Reads a candidate's Personal Needs and Preferences (1EdTech Access for All PNP 3.0 in the QTI 3 profile, `imsafa3p0pnp_v1p0`): one
 * `access-for-all-pnp`, or `access-for-all-pnp-records` of many. What the candidate's screen does not do is named, never dropped.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { childElement, childElements, textContent, type QtiElement } from '../paper/element.ts';
import { parseXml } from '../paper/xml.ts';
import {
  contrast,
  leastContrast,
  mostTextPercent,
  mostTimeMinutes,
  mostTimePercent,
  noAccommodations,
  type Accommodations,
  type Colours,
} from './accommodations.ts';

/** Pixels of the screen's usual text; a PNP gives its font size in points of 4/3 pixels. */
const usualTextPx = 18;
const pointPx = 4 / 3;

export interface PnpRecord {
  /** `person-sourced-id`: the admission number; null: the file is one person's. */
  readonly person: string | null;
  readonly pnp: Result<Accommodations>;
}

export function readPnpFile(bytes: Uint8Array): Result<PnpRecord[]> {
  const root = parseXml(bytes);
  if (!root.ok) return root;
  if (root.value.name === 'access-for-all-pnp') return ok([{ person: null, pnp: readPnp(root.value) }]);
  if (root.value.name !== 'access-for-all-pnp-records') return refuse({ type: 'pnp-not-one' });
  return ok(
    childElements(root.value, 'access-for-all-pnp-record').map((record) => {
      const person = childElement(record, 'person-sourced-id');
      const pnp = childElement(record, 'access-for-all-pnp');
      return {
        person: person ? textContent(person).trim() : '',
        pnp: pnp ? readPnp(pnp) : refuse({ type: 'pnp-not-one' }),
      };
    }),
  );
}

const sets = new Set(['activate-at-initialization-set', 'activate-as-option-set', 'prohibit-set']);

/** Features that the screen has for everybody: nothing is to be switched on. */
const always = new Set(['alternative-text', 'captions']);

type Part = Partial<Accommodations>;

const readers: Readonly<Record<string, (element: QtiElement) => Result<Part>>> = {
  'additional-testing-time': readTime,
  magnification: readMagnification,
  'text-appearance': readTextAppearance,
  'invert-display-polarity': (element) =>
    colours(
      element.attributes['foreground'] ?? '#ffffff',
      element.attributes['background'] ?? '#000000',
      'invert-display-polarity',
    ),
  'high-contrast': () => ok({ colours: { text: '#000000', background: '#ffffff' } }),
  'layout-single-column': () => ok({ singleColumn: true }),
  'input-requirements': (element) => {
    const needs = textContent(element).trim();
    return ok(needs === 'full-keyboard-control' ? {} : { others: [`input-requirements: ${needs}`] });
  },
  spoken: readSpoken,
  environment: (element) =>
    ok({
      others: childElements(element).map((one) =>
        `environment: ${one.name} ${textContent(one).trim()}`.trim(),
      ),
    }),
};

function readPnp(pnp: QtiElement): Result<Accommodations> {
  const prohibited = new Set(
    childElements(pnp, 'prohibit-set').flatMap((set) => childElements(set).map(({ name }) => name)),
  );
  const plain = childElements(pnp).filter(({ name }) => !sets.has(name));
  const said = new Set(plain.map(({ name }) => name));
  // Named in a set only: with nothing further said about it.
  const activated = childElements(pnp)
    .filter(({ name }) => sets.has(name))
    .flatMap((set) => childElements(set))
    .filter(({ name }) => !said.has(name));
  let all: Accommodations = noAccommodations;
  for (const element of [...plain, ...activated]) {
    const { name } = element;
    if (prohibited.has(name) || always.has(name)) continue;
    const read: Result<Part> = readers[name]?.(element) ?? ok({ others: [detailed(element)] });
    if (!read.ok) return read;
    all = {
      ...all,
      ...read.value,
      textPercent: Math.max(all.textPercent, read.value.textPercent ?? 100),
      others: [...new Set([...all.others, ...(read.value.others ?? [])])].map((one) => one.slice(0, 200)),
    };
  }
  return all.others.length > 60 ? refuse({ type: 'too-many-accommodations', limit: 60 }) : ok(all);
}

/** `keyword-translation (es)`: enough for people to see to it. */
function detailed(element: QtiElement): string {
  const details = [
    ...Object.values(element.attributes),
    ...childElements(element).map((one) => textContent(one).trim() || one.name),
    ...(childElements(element).length === 0 ? [textContent(element).trim()] : []),
  ].filter((one) => one !== '');
  return details.length === 0 ? element.name : `${element.name} (${details.join(', ')})`;
}

function outside(feature: string, value: string, least: number, most: number): Result<never> {
  return refuse({ type: 'pnp-value-outside', feature, value: value.slice(0, 40), least, most });
}

function readTime(element: QtiElement): Result<Part> {
  const given = childElements(element).filter(({ name }) =>
    ['time-multiplier', 'fixed-minutes', 'unlimited'].includes(name),
  );
  const [one] = given;
  // Without any: the feature is named, the amount is not.
  if (!one) return refuse({ type: 'pnp-time-without-amount' });
  if (given.length > 1) return refuse({ type: 'pnp-time-twice' });
  const text = textContent(one).trim();
  if (one.name === 'unlimited') return ok(text === 'false' ? {} : { timeUnlimited: true });
  const value = text === '' ? Number.NaN : Number(text);
  if (one.name === 'fixed-minutes')
    return Number.isInteger(value) && value >= 0 && value <= mostTimeMinutes
      ? ok({ timeMinutes: value })
      : outside(one.name, text, 0, mostTimeMinutes);
  const most = 1 + mostTimePercent / 100;
  return value >= 1 && value <= most
    ? ok({ timePercent: Math.round((value - 1) * 10_000) / 100 })
    : outside(one.name, text, 1, most);
}

function readMagnification(element: QtiElement): Result<Part> {
  const others = childElement(element, 'non-text') ? ['magnification: non-text'] : [];
  const zoomed = childElement(element, 'all-content') ?? childElement(element, 'text');
  if (!zoomed) return ok({ others: others.length > 0 ? others : ['magnification'] });
  const text = zoomed.attributes['zoom-amount'] ?? '1';
  const zoom = Number(text);
  return zoom >= 1 && zoom <= mostTextPercent / 100
    ? ok({ textPercent: Math.round(zoom * 100), others })
    : outside('zoom-amount', text, 1, mostTextPercent / 100);
}

/** By the computer, with its own voice and pace; a screen reader reads every page as it is. */
function readSpoken(element: QtiElement): Result<Part> {
  const type = childElement(element, 'reading-type');
  const said = type ? textContent(type).trim() : element.attributes['reading-type'];
  if (said === 'screen-reader') return ok({});
  const others = childElements(element)
    .filter(({ name }) => name !== 'reading-type')
    .map((one) => `spoken: ${one.name} ${textContent(one).trim()}`.trim());
  return ok({ readAloud: true, others });
}

function readTextAppearance(element: QtiElement): Result<Part> {
  const part: { -readonly [K in keyof Part]: Part[K] } = {};
  const others: string[] = [];
  const said: { front?: string; back?: string } = {};
  for (const one of childElements(element)) {
    const text = textContent(one).trim();
    if (one.name === 'font-color') said.front = text;
    else if (one.name === 'background-color') said.back = text;
    else if (one.name === 'font-size') {
      const percent = Math.round((Number(text) * pointPx * 100) / usualTextPx);
      const most = (mostTextPercent * usualTextPx) / 100 / pointPx;
      if (!(Number(text) > 0 && percent <= mostTextPercent)) return outside('font-size', text, 1, most);
      part.textPercent = Math.max(100, percent);
    } else others.push(`text-appearance: ${one.name} ${text}`.trim());
  }
  if (said.front !== undefined || said.back !== undefined) {
    const read = colours(said.front ?? '#000000', said.back ?? '#ffffff', 'text-appearance');
    if (!read.ok) return read;
    Object.assign(part, read.value);
  }
  return ok({ ...part, others });
}

function colours(front: string, back: string, feature: string): Result<{ colours: Colours }> {
  const [text, background] = [hex(front), hex(back)];
  if (text === null || background === null)
    return refuse({
      type: 'pnp-colour-unreadable',
      feature,
      value: (text === null ? front : back).slice(0, 40),
    });
  const pair = { text, background };
  return contrast(pair) >= leastContrast
    ? ok({ colours: pair })
    : refuse({ type: 'colours-too-alike', least: leastContrast });
}

/** `#fff`, `ffffff` or with an opacity, which a page's colours do not have. */
function hex(given: string): string | null {
  const digits = /^#?([0-9a-f]{3,8})$/i.exec(given.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  if (digits.length === 3 || digits.length === 4) return `#${digits.slice(0, 3).replaceAll(/./g, '$&$&')}`;
  return digits.length === 6 || digits.length === 8 ? `#${digits.slice(0, 6)}` : null;
}

/** What a row of the roster and a PNP say together; where they contradict each other, nobody guesses. */
export function together(row: Accommodations, pnp: Accommodations): Result<Accommodations> {
  const said = { ...row };
  for (const key of Object.keys(noAccommodations) as (keyof Accommodations)[]) {
    if (key === 'others') continue;
    const [here, there, usual] = [row, pnp, noAccommodations].map((of) => JSON.stringify(of[key]));
    if (there === usual || here === there) continue;
    if (here !== usual) return refuse({ type: 'accommodation-contradicts', field: key });
    Object.assign(said, { [key]: pnp[key] });
  }
  return ok({ ...said, others: [...new Set([...row.others, ...pnp.others])] });
}
