/**
 * The work of the candidate who holds this seat: whose it is, what was answered, and every change entered in the journal before it is
 * confirmed. Whether the candidate may work now, `answering.ts` says.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { filesIn } from '../../exam/answer/answer-files.ts';
import type { FileReference, ItemResponses, ResponseValue } from '../../exam/paper/response.ts';
import { practicalTask } from '../../exam/practical/practical-task.ts';
import type { Draft, Entry } from '../../journal/entry.ts';
import { JournalFailure } from '../../journal/journal.ts';
import type { Node } from '../../node/node.ts';
import type { KeptChange, PaperForScreen } from '../contract.ts';
import type { AnswerFiles } from './answer-files.ts';
import { SeatAnswers } from './answers.ts';
import { checkResponses } from './check-responses.ts';
import type { OpenPaper } from './paper.ts';
import { ScreenChanges, type ScreenChange } from './screen-changes.ts';
import { claimSchema, type Claim } from './stored.ts';

export interface AnswerChange {
  readonly item: string;
  readonly responses: ItemResponses;
  readonly from?: ScreenChange | undefined;
}

export class CandidateWork {
  readonly #node: Node;
  readonly #files: AnswerFiles;
  readonly #screenChanges = new ScreenChanges();
  #claim: Claim | null;
  #answers: SeatAnswers | null = null;
  /** Changes of questions that are answered at the screen and in a folder, one after another: each goes on from what the other has kept. */
  #mixed: Promise<unknown> = Promise.resolve();

  constructor(node: Node, files: AnswerFiles) {
    this.#node = node;
    this.#files = files;
    this.#claim = node.settings.read('claim', claimSchema);
    this.#fold();
    node.journal.feed((entries) => {
      for (const { entry } of entries) if (entry.place.origin === node.id) this.#answers?.take(entry);
    });
  }

  get claim(): Claim | null {
    return this.#claim;
  }

  /** Remembers, over a restart too, whose work this is and how far it is; null: nobody's. */
  hold(claim: Claim | null): void {
    const before = this.#claim;
    this.#claim = claim;
    if (claim) this.#node.settings.write('claim', claim);
    else this.#node.settings.remove('claim');
    const another =
      claim?.sittingId !== before?.sittingId ||
      claim?.lease !== before?.lease ||
      claim?.attempt !== before?.attempt;
    if (another) this.#fold();
  }

  /** @param acknowledged how far the room has an own epoch. */
  kept(acknowledged: (epoch: string) => number): Record<string, KeptChange> {
    return this.#answers?.kept(acknowledged) ?? {};
  }

  /** The paper with what this candidate did to it so far; null when nobody holds the seat. */
  onPaper({ instance }: OpenPaper): PaperForScreen | null {
    if (!this.#claim || !this.#answers) return null;
    return {
      work: workOf(this.#claim),
      instance,
      responses: this.#answers.responses(),
      flagged: this.#answers.flagged,
      viewed: this.#answers.viewed,
      files: Object.fromEntries(instance.files.map((file) => [file.path, file.digest])),
    };
  }

  /** Names the work as `PaperForScreen` does; null: nobody's. */
  get name(): string | null {
    return this.#claim && workOf(this.#claim);
  }

  responseTo(item: string, response: string): ResponseValue | undefined {
    return this.#answers?.responses()[item]?.[response];
  }

  /** Without a screen: what the agent itself has of an answer. Resolves after the fsync. */
  answerAlone(item: string, response: string, value: ResponseValue): Promise<Result<unknown>> {
    const responses = { ...this.#answers?.responses()[item], [response]: value };
    return this.#enter('answer-changed', { item }, { responses });
  }

  /** The file with this digest that an answer in force names. */
  answerFile(digest: string): FileReference | null {
    const named = Object.values(this.#answers?.responses() ?? {}).flatMap((responses) => filesIn(responses));
    return named.find(({ file }) => file.digest === digest)?.file ?? null;
  }

  /** Resolves after the fsync. @returns the change's number, and where it is kept. */
  async answer({ item, responses, from }: AnswerChange, paper: OpenPaper): Promise<Result<KeptChange>> {
    // A page that was left open must not write its candidate's answers into those of the next.
    if (from && from.work !== (this.#claim && workOf(this.#claim)))
      return refuse({ type: 'moved-elsewhere' });
    const content = paper.instance.items.find((one) => one.identifier === item);
    if (!content) return refuse({ type: 'no-such-item', item });
    const inFolder = new Set(practicalTask(content.item)?.expected.map(({ response }) => response));
    const typed = Object.fromEntries(
      Object.entries(responses).filter(([response]) => !inFolder.has(response)),
    );
    const checked = checkResponses(content.item, typed);
    if (!checked.ok) return checked;
    const files = this.#files.expect(checked.value, this.#answers?.carriedFiles() ?? new Set());
    if (!files.ok) return files;
    return this.#screenChanges.once(item, from, () => {
      if (inFolder.size === 0) return this.#change(item, typed);
      return this.#inTurn(() => {
        const kept = Object.entries(this.responsesTo(item)).filter(([response]) => inFolder.has(response));
        return this.#change(item, { ...typed, ...Object.fromEntries(kept) });
      });
    });
  }

  /** What lies in a working folder becomes the answer to that response; null: nothing does. Resolves after the fsync. */
  answerFromFolder(item: string, response: string, file: FileReference | null): Promise<Result<KeptChange>> {
    return this.#inTurn(() =>
      this.#change(item, { ...this.responsesTo(item), [response]: file && { file } }),
    );
  }

  /** What is kept of the answer to an item. */
  responsesTo(item: string): ItemResponses {
    return this.#answers?.responses()[item] ?? {};
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#mixed.then(act);
    this.#mixed = done.catch(() => undefined);
    return done;
  }

  async #change(item: string, responses: ItemResponses): Promise<Result<KeptChange>> {
    const kept = await this.#enter('answer-changed', { item }, { responses });
    return kept.ok ? ok({ kept: 'seat', change: this.#answers?.numberOf(kept.value.place) ?? 0 }) : kept;
  }

  flag(item: string, flagged: boolean): Promise<Result<unknown>> {
    return this.#enter('item-flagged', { item, flagged });
  }

  view(item: string): Promise<Result<unknown>> {
    return this.#enter('item-viewed', { item });
  }

  #fold(): void {
    const answers = (this.#answers = this.#claim && new SeatAnswers(this.#claim));
    if (!answers) return;
    this.#node.journal.replay((entry) => {
      if (entry.place.origin === this.#node.id) answers.take(entry);
    });
  }

  async #enter(
    kind: string,
    data: { item: string; flagged?: boolean },
    payload?: Draft['payload'],
  ): Promise<Result<Entry>> {
    const claim = this.#claim;
    if (!claim) return refuse({ type: 'not-signed-in' });
    try {
      const [entry] = await this.#node.journal.append([
        {
          kind,
          subject: `sitting:${claim.sittingId}`,
          data: {
            ...data,
            lease: claim.lease,
            attempt: claim.attempt,
            mono: Math.round(this.#node.clock.monotonic()),
          },
          ...(payload === undefined ? {} : { payload }),
        },
      ]);
      return ok(entry as Entry);
    } catch (error) {
      if (error instanceof JournalFailure) return refuse({ type: 'journal-failed', reason: error.reason });
      throw error;
    }
  }
}

/** Another one after a resume or a new attempt. */
function workOf({ sittingId, attempt, lease }: Claim): string {
  return `${sittingId} ${attempt} ${lease}`;
}
