import type { Refusal } from '../../base/result.ts';
import type { ScanEnd, ScanStep } from './port.ts';

export function ended(end: ScanEnd, words: readonly string[] = []): ScanStep {
  return { step: 'end', end, words: words.filter((one) => one.trim() !== ''), refusal: null };
}

export function failed(refusal: Refusal, words: readonly string[] = []): ScanStep {
  return { step: 'end', end: 'error', words, refusal };
}
