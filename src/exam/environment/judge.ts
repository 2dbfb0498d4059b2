/** The environment check's rules: what was measured at a seat against what is required, each with the reason and what to do about it. */
import type { Refusal } from '../../base/result.ts';
import { browserOf } from './browser.ts';
import {
  environmentChecks,
  personalChecks,
  type EnvironmentCheckId,
  type Measured,
  type MeasuredValues,
  type Measurement,
} from './measured.ts';
import type { Requirements } from './requirements.ts';
import { silence } from './silence.ts';

/** The room for which a seat is checked. */
export interface CheckingRoom {
  readonly version: string;
  readonly signingKey: string;
}

export interface EnvironmentVerdict {
  readonly id: EnvironmentCheckId;
  readonly state: 'passed' | 'warning' | 'failed';
  readonly reason?: Refusal;
  readonly remedy?: Refusal;
  /** What was measured, for the text `environment.value.<id>`; null: nothing. */
  readonly values: Readonly<Record<string, string | number>> | null;
}

interface Finding {
  readonly state: EnvironmentVerdict['state'];
  readonly reason?: Refusal;
  readonly remedy?: Refusal;
  readonly values: EnvironmentVerdict['values'];
}
type Rule<T> = (value: T, needs: Requirements, room: CheckingRoom) => Finding;

const gigabyte = 1_000_000_000;
/** A room that is not across the ocean answers sooner, ms. */
const longRoundTripMs = 200;

type Values = NonNullable<Finding['values']>;
const passed = (values: Values): Finding => ({ state: 'passed', values });
const finding =
  (state: 'warning' | 'failed') =>
  (values: Values | null, reason: Refusal, remedy: string): Finding => ({
    state,
    reason,
    remedy: { type: remedy },
    values,
  });
const warning = finding('warning');
const failed = finding('failed');

const rules: { readonly [C in EnvironmentCheckId]: Rule<MeasuredValues[C]> } = {
  version: (version, _, room) =>
    version === room.version
      ? passed({ version })
      : failed(
          { version },
          { type: 'seat-version-differs', found: version, expected: room.version },
          'install-the-same-version',
        ),
  system: ({ platform, name, release }) => {
    const values = { name, release };
    if (platform === 'win32' && Number.parseInt(release, 10) < 10)
      return failed(values, { type: 'system-too-old', name }, 'install-a-newer-system');
    return platform === 'win32' || platform === 'linux'
      ? passed(values)
      : warning(values, { type: 'system-not-tried', name }, 'try-this-computer');
  },
  browser: (page) => {
    if (page === null) return failed(null, { type: 'no-screen-open' }, 'open-the-screen');
    const browser = browserOf(page.userAgent);
    if (!browser)
      return warning(
        { name: page.userAgent.slice(0, 80), version: '', language: page.language },
        { type: 'browser-unknown' },
        'try-this-computer',
      );
    const { name, version, least } = browser;
    const values = { name, version, language: page.language };
    return version >= least
      ? passed(values)
      : failed(values, { type: 'browser-too-old', name, version, least }, 'update-the-browser');
  },
  screen: ({ width, height }, { screenWidth, screenHeight }) =>
    width >= screenWidth && height >= screenHeight
      ? passed({ width, height })
      : failed(
          { width, height },
          { type: 'screen-too-small', width, height, screenWidth, screenHeight },
          'set-the-resolution',
        ),
  memory: (bytes, { memoryGB }) =>
    bytes >= memoryGB * gigabyte
      ? passed({ bytes })
      : failed({ bytes }, { type: 'memory-low', bytes, least: memoryGB * gigabyte }, 'add-memory'),
  disk: ({ free }, { diskGB }) =>
    free >= diskGB * gigabyte
      ? passed({ free })
      : failed({ free }, { type: 'seat-disk-low', free, least: diskGB * gigabyte }, 'make-room-at-the-seat'),
  clock: ({ offsetMs }, { clockOffsetS }) => {
    const offsetS = Math.round(offsetMs / 100) / 10;
    return Math.abs(offsetMs) <= clockOffsetS * 1000
      ? passed({ offsetS })
      : failed({ offsetS }, { type: 'seat-clock-wrong', offsetS, most: clockOffsetS }, 'set-the-seat-clock');
  },
  network: ({ roundTripMs, bytes, tookMs }, { megabyteMs }) => {
    // Of as many bytes as the requirement names, whatever the probe had.
    const perMegabyte = Math.round((tookMs * 1_000_000) / Math.max(1, bytes));
    const values = { roundTripMs: Math.round(roundTripMs), tookMs: perMegabyte };
    if (perMegabyte > megabyteMs)
      return failed(
        values,
        { type: 'network-slow', tookMs: perMegabyte, most: megabyteMs },
        'check-the-network',
      );
    return roundTripMs > longRoundTripMs
      ? warning(values, { type: 'network-late', roundTripMs: values.roundTripMs }, 'check-the-network')
      : passed(values);
  },
  room: ({ roomCode, signingKey }, _, room) =>
    signingKey === room.signingKey
      ? passed({ roomCode })
      : failed({ roomCode }, { type: 'seat-of-another-room', roomCode }, 'pair-the-seat-again'),
  storage: ({ fsyncMs, problem }, needs) => {
    if (fsyncMs === null)
      return failed(null, { type: 'seat-cannot-write', problem: problem ?? '' }, 'check-the-seat-disk');
    const values = { fsyncMs: Math.round(fsyncMs * 10) / 10 };
    return fsyncMs <= needs.fsyncMs
      ? passed(values)
      : failed(values, { type: 'seat-writes-slowly', ...values, most: needs.fsyncMs }, 'check-the-seat-disk');
  },
  machine: ({ signs }) =>
    signs.length === 0
      ? passed({ signs: '–' })
      : warning({ signs: signs.join(', ') }, { type: 'virtual-or-remote', signs }, 'sit-at-the-computer'),
  programs: ({ found, missing }, { programs }) => {
    const values = { found: found.join(', ') || '–' };
    const lacking = programs.filter((name) => missing.includes(name));
    if (lacking.length > 0)
      return failed(values, { type: 'programs-missing', programs: lacking }, 'install-the-programs');
    const unknown = programs.filter((name) => !found.includes(name));
    return unknown.length > 0
      ? warning(values, { type: 'programs-not-looked-for', programs: unknown }, 'check-again')
      : passed(values);
  },
  keyboard: ({ asked, typed }) =>
    typed === asked
      ? passed({ typed })
      : failed({ typed }, { type: 'keys-differ', asked, typed }, 'check-the-keyboard'),
  microphone: ({ level, problem }) => {
    const values = { percent: Math.round(level * 100) };
    if (problem !== null)
      return failed(null, { type: 'microphone-not-open', problem }, 'check-the-microphone');
    return level >= silence
      ? passed(values)
      : failed(values, { type: 'microphone-silent' }, 'check-the-microphone');
  },
  playback: ({ heard }) =>
    heard ? passed({}) : failed({}, { type: 'sound-not-heard' }, 'check-the-loudspeaker'),
};

/** Why there is no measurement, where that has its own words and its own remedy; anything else is the system's code. */
const knownProblems: ReadonlyMap<string, string> = new Map([
  ['no-screen-open', 'open-the-screen'],
  ['not-reported', 'check-again'],
  ['not-known-on-this-system', 'sit-at-the-computer'],
  ['probe-busy', 'check-again'],
  ['too-many-probes', 'check-again'],
]);

function unmeasured(problem: string): Finding {
  const remedy = knownProblems.get(problem);
  return remedy === undefined
    ? warning(null, { type: 'not-measured', problem }, 'check-again')
    : warning(null, { type: problem }, remedy);
}

const isPersonal = (id: EnvironmentCheckId): boolean => (personalChecks as readonly string[]).includes(id);

/** Those that the requirements ask for; everything that needs no person and no list, always. */
export function askedChecks(needs: Requirements): EnvironmentCheckId[] {
  return environmentChecks.filter((id) => {
    if (id === 'programs') return needs.programs.length > 0;
    if (id === 'keyboard' || id === 'microphone' || id === 'playback') return needs[id];
    return true;
  });
}

export function judge(measured: Measured, needs: Requirements, room: CheckingRoom): EnvironmentVerdict[] {
  const one = <C extends EnvironmentCheckId>(id: C): EnvironmentVerdict => {
    const found: Measurement<MeasuredValues[C]> | undefined = measured[id];
    const rule: Rule<MeasuredValues[C]> = rules[id];
    if (found === undefined)
      return isPersonal(id)
        ? { id, ...warning(null, { type: 'not-tried-yet' }, 'try-it-at-the-seat') }
        : { id, ...unmeasured('not-reported') };
    if ('problem' in found) return { id, ...unmeasured(found.problem) };
    return { id, ...rule(found.value, needs, room) };
  };
  return askedChecks(needs).map((id) => one(id));
}

/** Of a seat as a whole: its worst. */
export function worst(verdicts: readonly Pick<EnvironmentVerdict, 'state'>[]): EnvironmentVerdict['state'] {
  return (
    (['failed', 'warning'] as const).find((state) => verdicts.some((one) => one.state === state)) ?? 'passed'
  );
}
