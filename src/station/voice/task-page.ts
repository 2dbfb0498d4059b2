/** The page of a task, alone: what comes later does not leave the station before its time. */
import type { PDFDocument } from '@cantoo/pdf-lib';
import { refuse, ok, type Result } from '../../base/result.ts';
import { taskInSight } from '../../exam/paper-day/voice-run.ts';
import { openPlan, speaking, type Voice } from './voice.ts';

/** Refusals: `key-not-activated`, `nobody-signed-in`, `task-not-open`, `task-page-unreadable`, those of opening the materials. */
export async function taskPage(voice: Voice, task: number): Promise<Result<Uint8Array>> {
  const [day, now] = [openPlan(voice), speaking(voice)];
  if (!day.ok) return day;
  if (!now.ok) return now;
  const { stage, variant } = now.value;
  const planned = day.value.plan.tasks[task - 1];
  if (!planned || taskInSight(stage) !== task) return refuse({ type: 'task-not-open', task });
  const paper = await day.value.variant(variant);
  if (!paper.ok) return paper;
  const alone = await pageAlone(paper.value, planned.page);
  return alone ? ok(alone) : refuse({ type: 'task-page-unreadable', page: planned.page, variant });
}

/** null: there is no such page, or the file is none that can be taken apart. */
async function pageAlone(paper: Uint8Array, page: number): Promise<Uint8Array | null> {
  const pdf = await import('@cantoo/pdf-lib');
  let whole: PDFDocument;
  try {
    whole = await pdf.PDFDocument.load(paper);
  } catch {
    // Locked, damaged, no PDF: the organiser is told, and calls the site.
    return null;
  }
  if (page > whole.getPageCount()) return null;
  const alone = await pdf.PDFDocument.create();
  const [copied] = await alone.copyPages(whole, [page - 1]);
  if (!copied) return null;
  alone.addPage(copied);
  return alone.save();
}
