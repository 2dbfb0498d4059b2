/** What `scanimage -A` says of a device, and the options with which it scans as it is asked to: every backend names its sources in its own way. */
import type { ScannerAbilities, ScanRequest } from '../port.ts';

/** Of A4, in millimetres. */
const page = { x: 210, y: 297 } as const;

interface Option {
  /** As it is written: with `--`, or one letter with `-`. */
  readonly name: string;
  /** What may be given, as the backend says it. */
  readonly values: string;
  readonly active: boolean;
}

interface DuplexSwitch {
  readonly on: string;
  readonly off: string;
  readonly active: boolean;
}

/** Lines such as `    --resolution 75|150|300dpi [75]` or `    -x 0..215.9mm [215.9]`. */
export function readOptions(said: string): ReadonlyMap<string, Option> {
  const found = new Map<string, Option>();
  for (const line of said.split('\n')) {
    const [, name, rest = ''] = /^ {4}(--[a-z][\w-]*|-[a-z])\b(.*)$/i.exec(line) ?? [];
    if (name === undefined) continue;
    const [, yesNo, values = '', state = ''] =
      /^(\[=\(.*?\)\])?(.*?)((?:\[[^[\]]*\]\s*)*)$/.exec(rest.trim()) ?? [];
    found.set(name, {
      name,
      values: yesNo === undefined ? values.trim() : 'yes|no',
      active: !state.startsWith('[inactive]'),
    });
  }
  return found;
}

function choices(option: Option | undefined): string[] {
  return option?.active === true ? option.values.split('|').map((one) => one.trim()) : [];
}

const flatbed = /flatbed|platen|^normal$|document table/i;
const feeder = /adf|feeder|sheet/i;
const bothSides = /duplex|both/i;
const backOnly = /back|rear/i;

function sourceFor(
  options: ReadonlyMap<string, Option>,
  asked: Pick<ScanRequest, 'source' | 'duplex'>,
): string | null {
  const named = choices(options.get('--source'));
  if (asked.source === 'flatbed') return named.find((one) => flatbed.test(one)) ?? null;
  const feeders = named.filter((one) => (feeder.test(one) || bothSides.test(one)) && !flatbed.test(one));
  const sides = feeders.filter((one) => bothSides.test(one) === asked.duplex && !backOnly.test(one));
  // With the switch for both sides apart from the source, the feeder's one name serves both.
  return sides[0] ?? (asked.duplex && duplexSwitch(options) !== null ? (feeders[0] ?? null) : null);
}

/** Of backends in which both sides are an option of their own; it may become active only when the feeder is chosen. */
function duplexSwitch(options: ReadonlyMap<string, Option>): DuplexSwitch | null {
  const mode = options.get('--adf-mode');
  const modes = (mode?.values ?? '').split('|');
  const [both, one] = [
    modes.find((value) => bothSides.test(value)),
    modes.find((value) => /simplex/i.test(value)),
  ];
  if (mode && both !== undefined && one !== undefined)
    return { on: `--adf-mode=${both}`, off: `--adf-mode=${one}`, active: mode.active };
  const yesNo = options.get('--duplex');
  return yesNo ? { on: '--duplex=yes', off: '--duplex=no', active: yesNo.active } : null;
}

export function abilitiesOf(options: ReadonlyMap<string, Option>): ScannerAbilities {
  const has = (asked: Pick<ScanRequest, 'source' | 'duplex'>): boolean => sourceFor(options, asked) !== null;
  // A device with one source only does not name it: a plain flatbed.
  const unnamed = choices(options.get('--source')).length === 0;
  const both = has({ source: 'feeder', duplex: true });
  const feeds = both || has({ source: 'feeder', duplex: false });
  return {
    sources: [
      ...(feeds ? (['feeder'] as const) : []),
      ...(unnamed || has({ source: 'flatbed', duplex: false }) ? (['flatbed'] as const) : []),
    ],
    duplex: both,
    dpi: resolutions(options.get('--resolution')),
    grey: choices(options.get('--mode')).some((one) => /gr[ae]y/i.test(one)),
  };
}

function resolutions(option: Option | undefined): ScannerAbilities['dpi'] {
  if (option?.active !== true) return null;
  const range = /^([\d.]+)\.\.([\d.]+)/.exec(option.values);
  if (range) return { from: Number(range[1]), to: Number(range[2]) };
  const listed = option.values.split('|').map((one) => parseFloat(one));
  return listed.every((one) => one > 0) ? listed : null;
}

/** What `scanimage` is given beside the device and where the pages go. */
export function scanParameters(options: ReadonlyMap<string, Option>, asked: ScanRequest): string[] {
  const parameters: string[] = [];
  const source = sourceFor(options, asked);
  if (source !== null) parameters.push(`--source=${source}`);
  const both = duplexSwitch(options);
  if (both?.active === true && asked.source === 'feeder') parameters.push(asked.duplex ? both.on : both.off);
  const grey = choices(options.get('--mode')).find((one) => /gr[ae]y/i.test(one));
  if (grey !== undefined) parameters.push(`--mode=${grey}`);
  if (options.get('--resolution')?.active === true) parameters.push(`--resolution=${asked.dpi}`);
  for (const [name, size] of [
    ['--page-width', page.x],
    ['--page-height', page.y],
    ['-l', 0],
    ['-t', 0],
    ['-x', page.x],
    ['-y', page.y],
  ] as const) {
    const option = options.get(name);
    if (option?.active !== true) continue;
    const most = Number(/\.\.([\d.]+)mm/.exec(option.values)?.[1] ?? Number.NaN);
    if (Number.isNaN(most)) continue;
    const given = String(Math.min(size, most));
    if (name.startsWith('--')) parameters.push(`${name}=${given}`);
    else parameters.push(name, given);
  }
  return parameters;
}
