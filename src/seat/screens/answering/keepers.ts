/** The keeper of the work at this seat. It outlives the pages that show the work: what is typed just before a page goes is not lost with it. */
import { useSyncExternalStore } from 'react';
import type { PaperForScreen, SeatState } from '../../contract.ts';
import { agent, refusalOf, sendAnswer } from '../agent.ts';
import { AnswerKeeper } from './answer-keeper.ts';

let present: { readonly work: string; readonly keeper: AnswerKeeper } | null = null;

export function keeperFor(paper: PaperForScreen, state: SeatState): AnswerKeeper {
  if (present?.work === paper.work) present.keeper.adopt(paper.responses, state.kept);
  else
    present = {
      work: paper.work,
      keeper: new AnswerKeeper({
        send: (sending, signal) => sendAnswer(paper.work, sending, signal),
        refusalOf,
        responses: paper.responses,
      }),
    };
  return present.keeper;
}

const subscribe = (listener: () => void): (() => void) =>
  present?.keeper.subscribe(listener) ?? (() => undefined);
const cameTooLate = (): boolean => present?.keeper.view().tooLate ?? false;

/** Whether something that was typed last was not kept. */
export function useTooLate(): boolean {
  return useSyncExternalStore(subscribe, cameTooLate);
}

/** What was typed last is on its way to the agent; resolves when it is kept, or was refused. */
export async function keepTyped(): Promise<void> {
  await present?.keeper.flush();
}

/** The next candidate's screen knows nothing of this one's. */
export function forgetWork(): void {
  present = null;
}

/** What another screen of this seat has kept since. @returns what is flagged there */
export async function catchUp(keeper: AnswerKeeper, state: SeatState): Promise<ReadonlySet<string>> {
  const { responses, flagged } = await agent.sitting.answers();
  keeper.adopt(responses, state.kept);
  return new Set(flagged);
}
