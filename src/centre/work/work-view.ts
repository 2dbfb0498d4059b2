import type { Refusal } from '../../base/result.ts';
import type { WorkView } from './contract.ts';
import { notBegun, type Progress } from './progress.ts';

/** @param row of the kind's own table @param run what makes it here; null: nothing does */
export function workView(
  row: { readonly by_account: string; readonly begun_at: number; readonly problem_json: string | null },
  run: { readonly job: { readonly progress: Progress }; readonly waitsFor: Refusal | null } | null,
): WorkView {
  const kept = row.problem_json === null ? null : (JSON.parse(row.problem_json) as Refusal);
  return {
    by: row.by_account,
    begunAt: row.begun_at,
    ...(run?.job.progress.view() ?? notBegun),
    problem: run ? run.waitsFor : kept,
    running: run !== null,
  };
}
