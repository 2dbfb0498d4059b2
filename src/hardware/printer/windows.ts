/**
 * Printers that Windows knows (USB, shared). Windows has no command that prints a PDF: SumatraPDF does, where it is installed; the queue is asked and
 * changed through Windows' own PowerShell commands. A job that leaves the queue is no longer known, whatever became of it: Windows says no more.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { runProgram, type RunProgram } from '../run-program.ts';
import { checkOrder } from './order.ts';
import type {
  FoundPrinter,
  Printer,
  PrinterAbilities,
  PrinterCondition,
  PrinterState,
  PrintJob,
  PrintJobState,
  PrintOrder,
} from './port.ts';
import { paperFolder, removeLeftOver, removePapers } from './windows-papers.ts';

/** The printer's name and the number of a job come in the environment: nothing that was typed is ever interpreted. */
const head = `$ErrorActionPreference='Stop';[Console]::OutputEncoding=[Text.Encoding]::UTF8;$name=$env:INVIGIL_PRINTER;`;
const listScript = `${head}ConvertTo-Json -Compress @(Get-Printer | ForEach-Object { @{name=$_.Name;about=$_.DriverName} })`;
/** Exit code 3: there is no printer of this name. */
const theOne = `$printer=Get-Printer | Where-Object { $_.Name -eq $name };if (-not $printer) { exit 3 };`;
const stateScript = `${head}${theOne}$duplex=(Get-PrintConfiguration -PrinterName $name).PrintCapabilitiesXML -match 'TwoSidedLongEdge';ConvertTo-Json -Compress @{status=[string]$printer.PrinterStatus;duplex=$duplex}`;
const jobsScript = `${head}${theOne}ConvertTo-Json -Compress @(Get-PrintJob -PrinterName $name | ForEach-Object { @{number=$_.Id;document=$_.DocumentName;status=[string]$_.JobStatus;pages=$_.PagesPrinted} })`;
const cancelScript = `${head}${theOne}Remove-PrintJob -PrinterName $name -ID ([int]$env:INVIGIL_JOB);'true'`;

const foundPrinters = z.array(z.object({ name: z.string(), about: z.string().nullable() }));
const stateSaid = z.object({ status: z.string(), duplex: z.boolean() });
const jobsSaid = z.array(
  z.object({
    number: z.int(),
    document: z.string().nullable(),
    status: z.string(),
    pages: z.int().nullable(),
  }),
);

/** Of `PrinterStatus` (MSFT_Printer). */
const conditions: readonly (readonly [PrinterCondition, readonly string[]])[] = [
  ['jam', ['PaperJam']],
  ['cover-open', ['DoorOpen']],
  ['out-of-paper', ['PaperOut']],
  ['output-full', ['OutputBinFull']],
  ['toner-empty', ['NoToner']],
  ['paused', ['Paused']],
  ['toner-low', ['TonerLow']],
  [
    'other',
    ['Error', 'PaperProblem', 'ManualFeed', 'UserIntervention', 'OutOfMemory', 'PagePunt', 'PendingDeletion'],
  ],
];
const standsStill = new Set(
  conditions.filter(([condition]) => condition !== 'toner-low').flatMap(([, words]) => words),
);

const programFolders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

function sumatraHere(): string | null {
  for (const folder of programFolders) {
    const path = join(process.env[folder] ?? '', 'SumatraPDF', 'SumatraPDF.exe');
    if (process.env[folder] !== undefined && existsSync(path)) return path;
  }
  return null;
}

export interface WindowsPrinting {
  readonly run: RunProgram;
  /** Where SumatraPDF is; null: it is not installed. */
  readonly sumatra: () => string | null;
}

export const windowsHere: WindowsPrinting = { run: runProgram, sumatra: sumatraHere };

export async function windowsPrinters({ run }: WindowsPrinting): Promise<Result<readonly FoundPrinter[]>> {
  const found = await powerShell(run, listScript, {}, foundPrinters);
  return found.ok
    ? ok(
        found.value.map(({ name, about }) => ({
          address: { way: 'windows', name },
          name,
          about: about ?? '',
        })),
      )
    : found;
}

/** Looked for when a printer is asked for the first time, and again for as long as something stays. */
let leftOver: Promise<readonly string[]> | null = null;

async function papersLeft(): Promise<readonly string[]> {
  const left = await (leftOver ??= removeLeftOver());
  if (left.length > 0) leftOver = null;
  return left;
}

export class WindowsPrinter implements Printer {
  readonly address;
  readonly #name: string;
  readonly #windows: WindowsPrinting;

  constructor(name: string, windows: WindowsPrinting) {
    this.address = { way: 'windows', name } as const;
    this.#name = name;
    this.#windows = windows;
  }

  async state(): Promise<Result<PrinterState>> {
    const left = await papersLeft();
    const said = await this.#ask(stateScript, {}, stateSaid);
    if (!said.ok) return said;
    const state = windowsState(said.value.status);
    return ok(
      left.length === 0
        ? state
        : { ...state, conditions: ['papers-left', ...state.conditions], words: [...left, ...state.words] },
    );
  }

  async abilities(): Promise<Result<PrinterAbilities>> {
    const said = await this.#ask(stateScript, {}, stateSaid);
    return said.ok ? ok({ duplex: said.value.duplex, mostCopies: null }) : said;
  }

  /** Also: `printer-needs-sumatra`. */
  async print(order: PrintOrder): Promise<Result<PrintJob>> {
    const fits = checkOrder(order);
    if (!fits.ok) return fits;
    const sumatra = this.#windows.sumatra();
    if (sumatra === null) return refuse({ type: 'printer-needs-sumatra', name: this.#name });
    const before = await this.findJob(order.id);
    if (!before.ok) return before;
    if (before.value) return ok(before.value);
    const able = await this.abilities();
    if (!able.ok) return able;
    if (order.sides !== 'one-sided' && !able.value.duplex) return refuse({ type: 'printer-no-duplex' });
    // SumatraPDF gives the job the path of the file as its name: the id stands in it.
    const folder = await paperFolder();
    const file = join(folder, `${order.id}.pdf`);
    try {
      await writeFile(file, order.pdf, { mode: 0o600 });
      const ran = await this.#windows.run(
        sumatra,
        ['-print-to', this.#name, '-print-settings', settings(order), '-silent', '-exit-on-print', file],
        { patienceMs: 10 * 60_000 },
      );
      if (!ran.ok)
        return ran.refusal.type === 'device-program-silent'
          ? refuse({ type: 'print-uncertain', address: this.#name, id: order.id })
          : ran;
      if (ran.value.status !== 0)
        return refuse({
          type: 'printer-refuses',
          address: this.#name,
          code: String(ran.value.status),
          words: ran.value.err.trim(),
        });
    } finally {
      await removePapers(folder);
      leftOver = null;
    }
    // A short job may have left the queue already.
    const after = await this.findJob(order.id);
    return ok(
      (after.ok && after.value) || {
        id: order.id,
        state: 'accepted',
        sheets: null,
        impressions: null,
        words: [],
      },
    );
  }

  async findJob(id: string): Promise<Result<PrintJob | null>> {
    const found = await this.#job(id);
    return found.ok && found.value ? ok(found.value.job) : found.ok ? ok(null) : found;
  }

  async cancel(id: string): Promise<Result<PrintJob>> {
    const found = await this.#job(id);
    if (!found.ok) return found;
    if (!found.value) return refuse({ type: 'print-job-unknown', id });
    const { job, number } = found.value;
    const cancelled = await this.#ask(cancelScript, { INVIGIL_JOB: String(number) }, z.literal(true));
    return cancelled.ok ? ok({ ...job, state: 'cancelled' }) : cancelled;
  }

  async #job(id: string): Promise<Result<{ job: PrintJob; number: number } | null>> {
    const said = await this.#ask(jobsScript, {}, jobsSaid);
    if (!said.ok) return said;
    const found = said.value.find(({ document }) => document?.includes(`${id}.pdf`) === true);
    if (!found) return ok(null);
    const words = found.status.split(', ').filter((one) => one !== '' && one !== 'Normal');
    const job = { id, state: windowsJobState(words), sheets: null, impressions: found.pages, words };
    return ok({ job, number: found.number });
  }

  async #ask<T>(script: string, env: Record<string, string>, schema: z.ZodType<T>): Promise<Result<T>> {
    const said = await powerShell(this.#windows.run, script, { INVIGIL_PRINTER: this.#name, ...env }, schema);
    return !said.ok && said.refusal['status'] === 3
      ? refuse({ type: 'printer-gone', name: this.#name })
      : said;
  }
}

/** See SumatraPDF's manual, “Command-line arguments”: the page is printed as large as it is. */
function settings({ copies, sides }: PrintOrder): string {
  const duplex = {
    'one-sided': 'simplex',
    'two-sided-long-edge': 'duplexlong',
    'two-sided-short-edge': 'duplexshort',
  }[sides];
  return `${copies}x,${duplex},noscale`;
}

function windowsState(status: string): PrinterState {
  const words = status.split(', ').filter((one) => one !== '' && one !== 'Normal');
  const found = conditions.filter(([, names]) => names.some((one) => words.includes(one)));
  const offline = words.some((one) => ['Offline', 'NotAvailable', 'ServerUnknown'].includes(one));
  const busy = words.some((one) => ['Busy', 'Printing', 'Processing', 'IOActive'].includes(one));
  return {
    standing: offline
      ? 'offline'
      : words.some((one) => standsStill.has(one))
        ? 'stopped'
        : busy
          ? 'busy'
          : 'ready',
    conditions: found.map(([condition]) => condition),
    words,
  };
}

function windowsJobState(words: readonly string[]): PrintJobState {
  const says = (...names: readonly string[]): boolean => names.some((one) => words.includes(one));
  if (says('Deleting', 'Deleted')) return 'cancelled';
  if (says('Printed', 'Complete', 'Completed')) return 'completed';
  if (says('Paused', 'Error', 'Offline', 'PaperOut', 'UserIntervention', 'Blocked')) return 'held';
  return says('Printing') ? 'printing' : 'accepted';
}

async function powerShell<T>(
  run: RunProgram,
  script: string,
  env: Record<string, string>,
  schema: z.ZodType<T>,
): Promise<Result<T>> {
  const program = join(
    process.env['SystemRoot'] ?? 'C:\\Windows',
    'System32',
    'WindowsPowerShell',
    'v1.0',
    'powershell.exe',
  );
  const ran = await run(program, ['-NoProfile', '-NonInteractive', '-Command', script], { env });
  if (!ran.ok) return ran;
  const said = schema.safeParse(jsonIn(ran.value.out.trim()));
  if (ran.value.status === 0 && said.success) return ok(said.data);
  return refuse({
    type: 'device-program-fails',
    program: 'PowerShell',
    words: ran.value.err.trim().slice(0, 500),
    status: ran.value.status,
  });
}
