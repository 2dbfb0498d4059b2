/** What eSCL's documents say, in the port's names, and what a scan is ordered with (Mopria eSCL 2.97; scanner status PWG 5108.6). */
import type { ScannerAbilities, ScanEnd, ScanRequest } from '../port.ts';
import { at, below, type Element } from './xml.ts';

/** In units of 1/300 inch, as eSCL measures. */
const a4 = { width: 2480, height: 3508 } as const;

export interface EsclAbilities extends ScannerAbilities {
  readonly version: string;
  readonly formats: readonly string[];
  /** Of each source, what may be scanned at most. */
  readonly largest: Readonly<
    Record<ScanRequest['source'], { readonly width: number; readonly height: number }>
  >;
}

export function abilitiesOf(capabilities: Element): EsclAbilities {
  const platen = at(capabilities, 'Platen', 'PlatenInputCaps');
  const feeder = at(capabilities, 'Adf', 'AdfSimplexInputCaps');
  const both = at(capabilities, 'Adf', 'AdfDuplexInputCaps');
  return {
    sources: [...(feeder || both ? (['feeder'] as const) : []), ...(platen ? (['flatbed'] as const) : [])],
    duplex: both !== null,
    dpi: resolutions(feeder ?? both ?? platen),
    grey: [...below(capabilities, 'ColorMode')].some(({ text }) => text === 'Grayscale8'),
    version: at(capabilities, 'Version')?.text ?? '2.0',
    formats: [
      ...new Set(
        ['DocumentFormat', 'DocumentFormatExt'].flatMap((name) =>
          [...below(capabilities, name)].map(({ text }) => text),
        ),
      ),
    ],
    largest: { feeder: largest(feeder ?? both), flatbed: largest(platen) },
  };
}

function largest(caps: Element | null): { width: number; height: number } {
  const number = (name: string): number => Number(at(caps, name)?.text) || Infinity;
  return { width: number('MaxWidth'), height: number('MaxHeight') };
}

function resolutions(caps: Element | null): ScannerAbilities['dpi'] {
  const listed = [...below(caps, 'DiscreteResolution')].flatMap(
    (one) => Number(at(one, 'XResolution')?.text) || [],
  );
  if (listed.length > 0) return [...new Set(listed)];
  const [range] = below(caps, 'XResolutionRange');
  const [from, to] = [Number(at(range ?? null, 'Min')?.text), Number(at(range ?? null, 'Max')?.text)];
  return from > 0 && to >= from ? { from, to } : null;
}

/** `ScanSettings`: elements in the order of the schema, which some scanners insist on. */
export function scanSettings(abilities: EsclAbilities, { source, duplex, dpi }: ScanRequest): string {
  const size = abilities.largest[source];
  const format = abilities.formats.includes('image/jpeg')
    ? 'image/jpeg'
    : (abilities.formats[0] ?? 'image/jpeg');
  return `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>${/^[\d.]+$/.test(abilities.version) ? abilities.version : '2.0'}</pwg:Version>
<scan:Intent>Document</scan:Intent>
<pwg:ScanRegions><pwg:ScanRegion>
<pwg:Height>${Math.min(a4.height, size.height)}</pwg:Height>
<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
<pwg:Width>${Math.min(a4.width, size.width)}</pwg:Width>
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>
</pwg:ScanRegion></pwg:ScanRegions>
<pwg:DocumentFormat>${escaped(format)}</pwg:DocumentFormat>
<pwg:InputSource>${source === 'feeder' ? 'Feeder' : 'Platen'}</pwg:InputSource>
<scan:ColorMode>${abilities.grey ? 'Grayscale8' : 'RGB24'}</scan:ColorMode>
<scan:XResolution>${dpi}</scan:XResolution>
<scan:YResolution>${dpi}</scan:YResolution>${source === 'feeder' ? `\n<scan:Duplex>${duplex}</scan:Duplex>` : ''}
</scan:ScanSettings>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

export interface ScannerStatus {
  /** `Idle`, `Processing`, `Testing`, `Stopped`, `Down`. */
  readonly state: string;
  /** What is wrong with the feeder; null: nothing, or it is only empty. */
  readonly fault: ScanEnd | null;
  readonly empty: boolean;
  readonly words: readonly string[];
  /** Of a job, by the end of its URI; null: it is not listed. */
  readonly job: (path: string) => { readonly state: string; readonly words: readonly string[] } | null;
}

const faults: readonly (readonly [RegExp, ScanEnd])[] = [
  [/jam|mispick/i, 'jam'],
  [/multipick|doublefeed/i, 'double-feed'],
  [/hatchopen|coveropen|dooropen/i, 'cover-open'],
];

export function statusOf(said: Element): ScannerStatus {
  const feeder = at(said, 'AdfState')?.text ?? '';
  return {
    state: at(said, 'State')?.text ?? '',
    fault: faults.find(([form]) => form.test(feeder))?.[1] ?? null,
    empty: feeder === 'ScannerAdfEmpty',
    words: feeder === '' ? [] : [feeder],
    job: (path) => {
      for (const job of below(said, 'JobInfo')) {
        const uri = at(job, 'JobUri')?.text ?? '';
        if (uri !== path && !uri.endsWith(path) && !path.endsWith(uri)) continue;
        const words = [...below(job, 'JobStateReason')].map(({ text }) => text);
        return { state: at(job, 'JobState')?.text ?? '', words };
      }
      return null;
    },
  };
}
