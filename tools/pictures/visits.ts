/** Where the tour was, compared with what the source has: places, dialogs, the pages of the seat, the steps and states of the stations. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en as seatTexts } from '../../src/seat/screens/strings/en.ts';
import { stationKinds } from '../../src/exam/paper-day/site-day.ts';
import { en } from '../../src/ui/strings/en/index.ts';

const source = join(import.meta.dirname, '..', '..', 'src');
const consoles = ['centre', 'site', 'room'] as const;
/** What this day does not come to, and why. */
const outOfReach: Readonly<Record<string, string>> = {
  'code.accept': 'a code that was used and that nobody issued: the room would have to be manipulated',
  'siteSystem.toFormalDo': 'the site of this day is formal already',
  'passkeys.add': 'browsers have none at 127.0.0.1, where these pages are',
  'openid.release': 'no sign-in service answers on this day: nobody is bound',
  'room: the place “support”': 'a room with a site asks there; the page is the site’s',
  'scanUpload.givePassword': 'no archive of this day has a password',
  'scanUpload.cancel': 'no archive of this day is on its way',
  'release.letGo': 'no session of this day is held back',
  'confirm.confirm': 'two people: an account that was made today confirms nothing today',
  'confirm.withdraw': 'two people: an account that was made today confirms nothing today',
  'protocols.missingList': 'no forms on paper are registered on this day',
  'receiving.decide': 'no station sends packages on this day',
  'protocols.fromFile': 'no forms on paper are registered on this day',
  'siteDay.firstFile': 'the site of this day has its exam loaded',
  'siteDay.takeRoom': 'no stick is plugged in that an admission could be written to',
  'siteDay.toFolder': 'no scan station of this day has made a package',
  'account.signInAgain': 'a sign-in ends after hours without keys or pointer',
  'absent.title': 'who is registered as absent sits nowhere, unless the two cross on their way',
};

export interface Visits {
  place(role: string, hash: string): void;
  /** A button that was pressed, or a title that was seen, in English. */
  opened(text: string): void;
  /** What is the same in every language: names and numbers, or a text that nobody translated. @param texts of each language */
  sameWords(texts: readonly (readonly string[])[]): void;
  alike(): string[];
  missing(): string[];
}

export function createVisits(): Visits {
  const places = new Map<string, Set<string>>();
  const opened = new Set<string>();
  const alike = new Set<string>();
  return {
    place(role, hash) {
      const parts = places.get(role) ?? new Set();
      for (const part of hash.replace(/^#\/?/, '').split('/')) parts.add(part);
      places.set(role, parts);
    },
    opened: (text) => void opened.add(text.trim()),
    sameWords([first = [], ...others]) {
      if (others.length === 0) return;
      for (const text of first) if (others.some((other) => other.includes(text))) alike.add(text);
    },
    alike: () => [...alike].toSorted(),
    missing() {
      const seen = [...opened];
      // A button says with "…" that it asks something first; the dialog's title does without.
      const bare = (text: string): string => text.replace(/\s*…$/, '');
      const wasOpened = (text: string): boolean => seen.some((one) => pattern(bare(text)).test(bare(one)));
      return [
        ...consoles.flatMap((role) =>
          [...placesOf(role)]
            .filter((part) => places.get(role)?.has(part) !== true)
            .map((part) => `${role}: the place “${part}”`),
        ),
        ...dialogKeys()
          .filter((key) => !wasOpened(en[key]))
          .map((key) => `the dialog “${en[key]}” (${key})`),
        ...pageKeys()
          .filter((key) => !wasOpened(seatTexts[key]))
          .map((key) => `the seat's page “${seatTexts[key]}” (${key})`),
        ...stationSteps()
          .filter(({ roles, place }) => !roles.every((role) => places.get(role)?.has(place)))
          .map(({ place }) => `the step “${place}” of a station`),
        ...stationStates()
          .filter((key) => !wasOpened(en[key]))
          .map((key) => `a station that says “${en[key]}” (${key})`),
      ].filter((one) => !Object.keys(outOfReach).some((part) => one.includes(part)));
    },
  };
}

/** A text with whatever stands in its places. */
function pattern(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{[^}]*\}/g, '.*')}$`);
}

function textOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !/test|fixture/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

function placesOf(role: string): Set<string> {
  const found = textOf(join(source, role, 'screens')).flatMap((text) => [
    ...text.matchAll(/\b(?:step|phase|part|page) === '([a-z-]+)'/g),
  ]);
  return new Set(found.map(([, part = '']) => part));
}

function isText(key: string): key is keyof typeof en {
  return Object.hasOwn(en, key);
}

function dialogKeys(): (keyof typeof en)[] {
  const texts = [
    ...[...consoles, 'station'].map((role) => join(source, role, 'screens')),
    join(source, 'ui'),
  ].flatMap(textOf);
  const keys = texts.flatMap((text) =>
    [
      ...text.matchAll(
        /<(?:DialogButton|FileButton|PackageDialog|ConfirmWithProof|Modal)\b[\s\S]*?(?:label|title)=\{(.*)/g,
      ),
    ].flatMap(([, label = '']) => /\bt\('([\w.-]+)'/.exec(label)?.[1] ?? []),
  );
  return [...new Set(keys)].filter(isText);
}

function isSeatText(key: string): key is keyof typeof seatTexts {
  return Object.hasOwn(seatTexts, key);
}

function pageKeys(): (keyof typeof seatTexts)[] {
  const keys = textOf(join(source, 'seat', 'screens')).flatMap((text) =>
    [...text.matchAll(/<Page\b[^>]*?title=\{say\('([\w.-]+)'/g)].map(([, key = '']) => key),
  );
  return [...new Set(keys)].filter(isSeatText);
}

/** Every station has the first ones, one kind each of the others. */
function stationSteps(): { readonly place: string; readonly roles: readonly string[] }[] {
  const screens = join(source, 'station', 'screens');
  const idsIn = (file: string): string[] =>
    [...readFileSync(join(screens, file), 'utf8').matchAll(/\bid: '([\w-]+)'|\bstep\('([\w-]+)'/g)].map(
      ([, id, name]) => id ?? name ?? '',
    );
  const own = (kind: string) => (id: string) => ({ place: `station.${id}`, roles: [kind] });
  return [
    ...idsIn('station-page.tsx').map((id) => ({ place: `station.${id}`, roles: stationKinds })),
    ...idsIn('print/steps.ts').map(own('print')),
    ...idsIn('kind-steps.tsx').map((id) => own(id.startsWith('scan-') ? 'scan' : 'voice')(id)),
  ];
}

/** What to do now, in whatever state; what a form's button says is not among it. */
function stationStates(): (keyof typeof en)[] {
  const keys = textOf(join(source, 'station', 'screens')).flatMap((text) =>
    [...text.matchAll(/(submit=\{t\()?'((?:station|stationPrint|stationScan|voice)\.\w+Now)'/g)].flatMap(
      ([, submit, key = '']) => (submit === undefined ? key : []),
    ),
  );
  return [...new Set(keys)].filter(isText);
}
