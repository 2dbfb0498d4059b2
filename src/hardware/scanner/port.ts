/**
 * Scanners, and folders that other scanning programs fill. A page that was given is never lost when a later one fails: it stays with its source, or
 * in a folder of this program, until the caller has said that it is kept, and is there again after a kill.
 */
import type { Refusal, Result } from '../../base/result.ts';

/** How a scanner is reached; kept with a station's settings. */
export type ScannerAddress =
  /** At this computer, by SANE (Linux); its name there. */
  | { readonly way: 'sane'; readonly device: string }
  /** In the network, by eSCL (AirScan). `pin`: SHA-256 of its certificate, hex, for `https:`. */
  | { readonly way: 'escl'; readonly url: string; readonly pin: string | null }
  /** A folder into which any program scans. */
  | { readonly way: 'folder'; readonly path: string };

export interface FoundScanner {
  readonly address: ScannerAddress;
  readonly name: string;
  /** Maker, model or place, as it says itself; empty: it says nothing. */
  readonly about: string;
}

export type ScanSource = 'feeder' | 'flatbed';

export interface ScannerAbilities {
  readonly sources: readonly ScanSource[];
  /** The feeder scans both sides in one pass. */
  readonly duplex: boolean;
  /** Resolutions that it names; a range as its two ends; null: it does not say, or it is set in another program. */
  readonly dpi: readonly number[] | { readonly from: number; readonly to: number } | null;
  readonly grey: boolean;
}

export interface ScanRequest {
  readonly dpi: number;
  readonly source: ScanSource;
  /** Front and back of each sheet, in this order. */
  readonly duplex: boolean;
  /** Grey in both. */
  readonly format: 'jpeg' | 'tiff-lzw';
  /** Cancels: what was given stays, what is under way in the scanner is lost. */
  readonly signal?: AbortSignal;
  /** Asked before a page is given: one that the caller kept before a kill is put away and not given again. */
  readonly isKept?: (id: string) => boolean;
}

export interface ScannedPage {
  /** The same for the same page after a restart. */
  readonly id: string;
  /** In the stack, from 1. */
  readonly position: number;
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'tiff';
  /** A file's name, where there is one. */
  readonly name: string | null;
  /** What the scanner said of it. */
  readonly words: readonly string[];
  /** The caller has it on its disk: the source may put it away. Once is enough. */
  kept(): Promise<Result<void>>;
}

/** `empty`: everything was scanned; `error`: anything without a name here, the words or the refusal say it. */
export type ScanEnd = 'empty' | 'jam' | 'double-feed' | 'cover-open' | 'cancelled' | 'error';

export type ScanStep =
  | { readonly step: 'page'; readonly page: ScannedPage }
  /** Something that is no page was left where it is; said once in a scan. */
  | { readonly step: 'passed-over'; readonly refusal: Refusal }
  /** Always the last one. */
  | {
      readonly step: 'end';
      readonly end: ScanEnd;
      readonly words: readonly string[];
      readonly refusal: Refusal | null;
    };

/**
 * Refusals of all that asks one: `scanner-gone`, `scanner-unusable`, `scanner-refuses`, `scanner-busy`, `scanner-asks-for-password`,
 * `scan-folder-gone`, and those of `network-device/ask.ts` and `run-program.ts`.
 */
export interface Scanner {
  readonly address: ScannerAddress;
  abilities(): Promise<Result<ScannerAbilities>>;
  /**
   * First the pages that were scanned before and not yet kept, in their order, then those that lie in the scanner. One scan at a time.
   * An end with a refusal may also have `scanner-no-feeder`, `scanner-no-flatbed`, `scanner-no-duplex`, `scanner-no-resolution`, `scan-page-not-written`,
   * `scan-page-unreadable`; passed over: `scan-file-too-large`, `scan-file-other-format`, `scan-file-locked`, `scan-page-unreadable`,
   * `scan-page-of-stack-unreadable`.
   */
  scan(request: ScanRequest): AsyncIterable<ScanStep>;
}

export interface Scanners {
  /** Those that this computer knows. A scanner of the network, and a folder, is opened by its address. Refusals: those of all that asks one. */
  list(): Promise<Result<readonly FoundScanner[]>>;
  /** Those that answer in this computer's networks, after some seconds; none of them is believed. */
  search(): Promise<readonly FoundScanner[]>;
  /**
   * Asks nothing yet. Refusals: `scanner-address-unusable`, `scanner-not-on-this-system`.
   *
   * @param staging a folder of the station, for this scanner alone: pages wait there until they are kept
   */
  open(address: ScannerAddress, staging: string): Result<Scanner>;
}

/** @returns why it cannot be done; null: it can */
export function whyNotScan(
  abilities: ScannerAbilities,
  { dpi, source, duplex }: Pick<ScanRequest, 'dpi' | 'source' | 'duplex'>,
): Refusal | null {
  if (!abilities.sources.includes(source))
    return { type: source === 'feeder' ? 'scanner-no-feeder' : 'scanner-no-flatbed' };
  if (duplex && !abilities.duplex) return { type: 'scanner-no-duplex' };
  const able = abilities.dpi;
  if (able === null) return null;
  if ('from' in able)
    return dpi >= able.from && dpi <= able.to
      ? null
      : { type: 'scanner-no-resolution', dpi, takes: `${able.from}–${able.to}` };
  return able.includes(dpi) ? null : { type: 'scanner-no-resolution', dpi, takes: able.join(', ') };
}
