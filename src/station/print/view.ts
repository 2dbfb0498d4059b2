/** What the page of a print station shows. */
import { usedUp } from '../../exam/paper-day/print-run.ts';
import type { Station } from '../station.ts';
import { additionalFor } from './book.ts';
import type { JobView, KitView, PrintView } from './contract.ts';
import type { PrintDesk } from './desk.ts';
import type { JobNow } from './printer-jobs.ts';
import { wantedHere } from './end.ts';
import { closingHere } from './finish.ts';
import { printSettings, roomHere } from './print-settings.ts';

export function printView(station: Station, desk: PrintDesk): PrintView {
  const { printer, test } = printSettings(station);
  const run = desk.book.run();
  const [day, room] = [station.day(), roomHere(station)];
  const waiting = new Set(desk.queue);
  const jobs = desk.atPrinter.jobs();
  const replacedBy = new Map(
    [...run.kits.values()].flatMap(({ kit, replaces }) => (replaces === null ? [] : [[replaces, kit]])),
  );
  const kits = [...run.kits.values()].map(({ kit, reserve, fate, job, copy, replaces, reason }): KitView => ({
    kit,
    reserve,
    fate,
    waiting: waiting.has(kit),
    copy,
    replaces,
    replacedBy: replacedBy.get(kit) ?? null,
    reason,
    job: job === null ? null : jobView(job, jobs.get(job)),
  }));
  const count = (which: (kit: KitView) => boolean): number => kits.filter(which).length;
  const state = printer && desk.atPrinter.state();
  const closing = closingHere(station);
  const additional =
    day && room !== null ? additionalFor(station, day.plan, room).map(({ number }) => number) : [];
  return {
    printer: printer && {
      ...printer,
      state: state?.ok
        ? { ...state.value, conditions: [...state.value.conditions], words: [...state.value.words] }
        : null,
      refusal: state?.ok === false ? state.refusal : null,
    },
    test,
    room,
    reserveStation: station.settings()?.room === null,
    rooms: station.materials()?.rooms.map((one) => one.room) ?? [],
    open: day !== null,
    preprinted: day?.plan.preprinted === true,
    counts: {
      wanted: wantedHere(station),
      planned: count(({ fate, reserve, waiting: waits }) => fate === 'planned' && !reserve && !waits),
      waiting: waiting.size,
      atPrinter: count(({ fate }) => fate === 'sending'),
      toLookAt: count(({ fate }) => fate === 'out' || fate === 'unsure'),
      good: count(({ fate }) => fate === 'good'),
      spoiled: count(({ fate }) => fate === 'spoiled'),
      reserve: count(({ fate, reserve, waiting: waits }) => fate === 'planned' && reserve && !waits),
      allowed: day?.kits ?? run.allowed ?? 0,
      used: usedUp(run),
      additionalLeft: additional.filter((number) => run.additional.get(number) === null).length,
      additionalPrinted: [...run.additional.values()].filter((printed) => printed !== null).length,
    },
    kits,
    otherJobs: [...jobs].flatMap(([id, now]) => (now.kit === null ? [jobView(id, now)] : [])),
    older: desk.lists.problem(),
    halted: desk.halted,
    finished: run.finished,
    closing: closing && {
      closing: closing.closing,
      fileName: closing.fileName,
      madeAt: closing.madeAt,
      writtenAt: closing.writtenAt,
    },
  };
}

function jobView(id: string, now: JobNow | undefined): JobView {
  const { name = id, kit = null, papers = null, said = null, refusal = null } = now ?? {};
  return {
    id,
    name,
    kit,
    state: said?.state ?? null,
    given: said?.sheets ?? null,
    papers,
    words: [...(said?.words ?? [])],
    refusal,
  };
}
