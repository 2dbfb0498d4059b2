/** What a printer's attributes say (RFC 8011, PWG 5100.13), in the port's names. */
import type { PrinterCondition, PrinterState, PrintJob, PrintJobState } from '../port.ts';
import type { Attributes, IppValue } from './message.ts';

/** `printer-state-reasons` without `-error`, `-warning`, `-report`; the most pressing first. */
const conditions: readonly (readonly [PrinterCondition, RegExp])[] = [
  ['jam', /^media-jam$/],
  ['cover-open', /^(cover|door|interlock)-open$/],
  ['out-of-paper', /^(media-empty|media-needed)$/],
  ['tray-missing', /^(input|output)-tray-missing$/],
  ['output-full', /^output-area-full$/],
  ['toner-empty', /^(toner|marker-supply|developer)-empty$/],
  ['paused', /^(paused|moving-to-paused|stopping)$/],
  ['paper-low', /^media-low$/],
  ['toner-low', /^(toner|marker-supply|developer)-low$/],
  ['output-full', /^output-area-almost-full$/],
];

/** Reasons that nobody has to see to: sleep, and what CUPS notes about its own ways. */
const silent = /^(none|cups-.*|com\.apple\..*|connecting-to-device|hibernate|standby|suspend)$/;
const unreachable = /^(shutdown|timed-out|offline)$/;

export function texts(attributes: Attributes, name: string): string[] {
  return (attributes.get(name) ?? []).filter((value): value is string => typeof value === 'string');
}

export function numberOf(attributes: Attributes, name: string): number | null {
  const value = attributes.get(name)?.[0];
  return typeof value === 'number' ? value : null;
}

/** The upper end, where it is a range. */
export function mostOf(attributes: Attributes, name: string): number | null {
  const value: IppValue | undefined = attributes.get(name)?.[0];
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null ? value.to : null;
}

export function printerState(attributes: Attributes): PrinterState {
  const reasons = texts(attributes, 'printer-state-reasons');
  const bare = reasons.map((reason) => reason.replace(/-(error|warning|report)$/, ''));
  const found = new Set<PrinterCondition>();
  for (const [condition, form] of conditions) if (bare.some((one) => form.test(one))) found.add(condition);
  const nameless = (one: string): boolean =>
    !silent.test(one) && !unreachable.test(one) && !conditions.some(([, form]) => form.test(one));
  if (attributes.get('printer-is-accepting-jobs')?.[0] === false) found.add('not-accepting');
  if (bare.some(nameless)) found.add('other');
  const state = numberOf(attributes, 'printer-state');
  return {
    standing: bare.some((one) => unreachable.test(one))
      ? 'offline'
      : state === 5
        ? 'stopped'
        : state === 4
          ? 'busy'
          : 'ready',
    conditions: [...found],
    words: [...reasons.filter((one) => one !== 'none'), ...said(attributes, 'printer-state-message')],
  };
}

/** Of RFC 8011, 5.3.7: pending, pending-held, processing, processing-stopped, canceled, aborted, completed. */
const jobStates: Readonly<Record<number, PrintJobState>> = {
  3: 'accepted',
  4: 'held',
  5: 'printing',
  6: 'held',
  7: 'cancelled',
  8: 'aborted',
  9: 'completed',
};

/** @returns null: the printer says a state that no job has */
export function printJob(id: string, attributes: Attributes): PrintJob | null {
  const state = jobStates[numberOf(attributes, 'job-state') ?? 0];
  if (state === undefined) return null;
  const reasons = texts(attributes, 'job-state-reasons').filter((one) => one !== 'none');
  // None at the end of a job: it does not count, as CUPS with most printers.
  const counted = (name: string): number | null =>
    numberOf(attributes, name) === 0 && state === 'completed' ? null : numberOf(attributes, name);
  return {
    id,
    // A printer that stands still with this job says so beside the state, and many leave the state as it is.
    state: state === 'printing' && reasons.some((one) => one.startsWith('printer-stopped')) ? 'held' : state,
    sheets: counted('job-media-sheets-completed'),
    impressions: counted('job-impressions-completed'),
    words: [...reasons, ...said(attributes, 'job-state-message')],
  };
}

function said(attributes: Attributes, name: string): string[] {
  return texts(attributes, name).filter((one) => one.trim() !== '');
}
