/**
 * Where decisions become entries: one command at a time per subject (a sitting, a session, a kit). A command sees the state after everything
 * that was committed before it; the state changes only when the entries are on the disk; when the disk refuses, so does the command.
 */
import { ok, refuse, type Refusal, type Result } from '../base/result.ts';
import type { Draft, Entry } from './entry.ts';
import { JournalFailure, type Journal } from './journal.ts';

export interface DeskRules<State> {
  /** The subject whose state this entry changes; null: none of this desk. */
  subjectOf(entry: Entry): string | null;
  initial(subject: string): State;
  evolve(state: State, entry: Entry): State;
}

export interface Decided<State> {
  readonly state: State;
  readonly entries: readonly Entry[];
}

export interface Desk<State> {
  state(subject: string): State;
  states(): ReadonlyMap<string, State>;
  /** Folds an entry in. For the replay at the start; committed entries come by themselves. */
  take(entry: Entry): void;
  /**
   * Runs a pure decision. `decide` is called when all earlier commands of this subject are done, with the state of that moment.
   * @returns the decision's refusal, or `journal-failed` with `reason` `disk-full` or `io`; then nothing happened.
   */
  run<R extends Refusal>(
    subject: string,
    decide: (state: State) => Result<readonly Draft[], R>,
  ): Promise<Result<Decided<State>, R | JournalFailed>>;
  close(): void;
}

export type JournalFailed = { readonly type: 'journal-failed'; readonly reason: 'disk-full' | 'io' };

export function createDesk<State>(
  journal: Pick<Journal, 'append' | 'feed'>,
  rules: DeskRules<State>,
): Desk<State> {
  const states = new Map<string, State>();
  /** The last command of every subject that has one under way. */
  const last = new Map<string, Promise<unknown>>();

  const state = (subject: string): State => {
    const known = states.get(subject);
    return known === undefined ? rules.initial(subject) : known;
  };
  const take = (entry: Entry): void => {
    const subject = rules.subjectOf(entry);
    if (subject !== null) states.set(subject, rules.evolve(state(subject), entry));
  };
  const stop = journal.feed((entries) => {
    for (const { entry } of entries) take(entry);
  });

  const decideAndKeep = async <R extends Refusal>(
    subject: string,
    decide: (state: State) => Result<readonly Draft[], R>,
  ): Promise<Result<Decided<State>, R | JournalFailed>> => {
    const decided = decide(state(subject));
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return ok({ state: state(subject), entries: [] });
    try {
      const entries = await journal.append(decided.value);
      return ok({ state: state(subject), entries });
    } catch (error) {
      if (error instanceof JournalFailure) return refuse({ type: error.type, reason: error.reason });
      throw error;
    }
  };

  return {
    state,
    states: () => states,
    take,
    async run(subject, decide) {
      const before = last.get(subject);
      const own = (async () => {
        // What the command before met is its caller's affair; here only that it is over.
        if (before) await before.catch(() => undefined);
        return decideAndKeep(subject, decide);
      })();
      last.set(subject, own);
      try {
        return await own;
      } finally {
        if (last.get(subject) === own) last.delete(subject);
      }
    },
    close: stop,
  };
}
