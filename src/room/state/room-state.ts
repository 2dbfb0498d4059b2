/**
 * The room's state is a fold over its journal: sessions and sittings from its own entries, answers from those of its seats. A command decides
 * on one subject's state, is committed, and only then becomes state; meanwhile the next command on that subject waits.
 */
import { ok, refuse, type Result } from '../../base/result.ts';
import { isLater, type AnswerChange, type KeptAnswer } from '../../exam/answer/fold-answers.ts';
import {
  decideCode,
  evolveCode,
  newCodeBook,
  type CodeBook,
  type CodeCommand,
} from '../../exam/code/code-book.ts';
import { SeatLeases } from '../../exam/answer/seat-leases.ts';
import type { PackageCandidate, PackageSession, RoomPackage } from '../../exam/package/room-package.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import {
  decideSession,
  evolveSession,
  newSession,
  type SessionCommand,
  type SessionState,
} from '../../exam/session/session.ts';
import { decideSitting, type SittingCommand } from '../../exam/sitting/sitting.ts';
import {
  evolveSitting,
  newSitting,
  type SittingContext,
  type SittingState,
} from '../../exam/sitting/sitting-state.ts';
import { createDesk, type Desk } from '../../journal/desk.ts';
import type { Draft, Entry } from '../../journal/entry.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../base/clock.ts';

export interface SittingAnswers {
  readonly byItem: Map<string, KeptAnswer>;
  attempt: number;
  kept: number;
  lastChangeAt: number | null;
}

/** Who gives a command; not given: it happens by itself, or a seat asks. */
export interface Acting {
  /** The account at the console: stands in every entry that the command yields. */
  readonly by: string;
  /** The one-time code that permits it: used up in the same commit. */
  readonly challenge?: string;
}

/** One book for the whole room: who guesses is locked out whatever candidate it is about. */
const theBook = 'book';

export class RoomState {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #sessions: Desk<SessionState>;
  readonly #sittings: Desk<SittingState>;
  readonly #codes: Desk<CodeBook>;
  readonly #answers = new Map<string, SittingAnswers>();
  readonly #epochs = new EpochOrder();
  readonly #leases = new SeatLeases();
  /** Changes of a seat that the room knows no lease for, by sitting: it may come to know again. */
  readonly #unclaimed = new Map<string, Entry[]>();
  #package: RoomPackage | null = null;
  #byId = new Map<string, { session: PackageSession; candidate: PackageCandidate }>();

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
    const own = (entry: Entry, family: string): string | null => {
      const [of, id] = split(entry.subject);
      return of === family && entry.place.origin === journal.self.origin ? id : null;
    };
    this.#sessions = createDesk(journal, {
      subjectOf: (entry) => own(entry, 'session'),
      initial: () => newSession,
      evolve: evolveSession,
    });
    this.#sittings = createDesk(journal, {
      subjectOf: (entry) => own(entry, 'sitting'),
      initial: () => newSitting,
      evolve: evolveSitting,
    });
    this.#codes = createDesk(journal, {
      subjectOf: (entry) => (own(entry, 'code') === null ? null : theBook),
      initial: () => newCodeBook,
      evolve: evolveCode,
    });
    journal.replay((entry) => {
      this.#codes.take(entry);
      this.#sessions.take(entry);
      this.#sittings.take(entry);
      this.#takeAnswer(entry);
    });
    // After the desks: an answer is judged by the attempt that counts now.
    journal.feed((entries) => {
      for (const { entry } of entries) this.#takeAnswer(entry);
    });
  }

  get package(): RoomPackage | null {
    return this.#package;
  }

  usePackage(content: RoomPackage): void {
    this.#package = content;
    this.#byId = new Map(
      content.sessions.flatMap((session) =>
        session.candidates.map((candidate) => [candidate.id, { session, candidate }] as const),
      ),
    );
  }

  /** As before an exam was loaded. */
  forgetExam(): void {
    this.#package = null;
    this.#byId = new Map();
    this.#answers.clear();
  }

  session(id: string): SessionState {
    return this.#sessions.state(id);
  }

  sitting(id: string): SittingState {
    return this.#sittings.state(id);
  }

  answers(id: string): SittingAnswers | null {
    return this.#answers.get(id) ?? null;
  }

  packageSession(id: string): PackageSession | null {
    return this.#package?.sessions.find((session) => session.id === id) ?? null;
  }

  placed(sittingId: string): { session: PackageSession; candidate: PackageCandidate } | null {
    return this.#byId.get(sittingId) ?? null;
  }

  context(sittingId: string, now = this.#clock.now()): SittingContext | null {
    const placed = this.#byId.get(sittingId);
    return placed ? { id: sittingId, ...placed, sessionState: this.session(placed.session.id), now } : null;
  }

  get codes(): CodeBook {
    return this.#codes.state(theBook);
  }

  async commandCode(command: CodeCommand): Promise<Result<void>> {
    const decided = await this.#codes.run(theBook, (book) => decideCode(book, command, this.#clock.now()));
    return decided.ok ? ok() : decided;
  }

  async commandSession(
    sessionId: string,
    command: SessionCommand,
    acting?: Acting,
  ): Promise<Result<readonly Entry[]>> {
    const decided = await this.#sessions.run(sessionId, (state) => {
      const session = this.packageSession(sessionId);
      return session
        ? this.#acted(acting, decideSession(state, session, command, this.#clock.now()))
        : refuse({ type: 'no-such-session-here' });
    });
    return decided.ok ? ok(decided.value.entries) : decided;
  }

  async commandSitting(
    sittingId: string,
    command: SittingCommand,
    acting?: Acting,
  ): Promise<Result<readonly Entry[]>> {
    const decided = await this.#sittings.run(sittingId, (state) => {
      const context = this.context(sittingId);
      return context
        ? this.#acted(acting, decideSitting(state, command, context))
        : refuse({ type: 'no-such-candidate' });
    });
    return decided.ok ? ok(decided.value.entries) : decided;
  }

  #acted(acting: Acting | undefined, decided: Result<Draft[]>): Result<Draft[]> {
    if (!acting || !decided.ok) return decided;
    const { by, challenge } = acting;
    const drafts = decided.value.map((draft) => ({ ...draft, data: { ...draft.data, by } }));
    if (challenge === undefined) return ok(drafts);
    const used = decideCode(this.codes, { type: 'answer', right: true, challenge, by }, this.#clock.now());
    return used.ok ? ok([...used.value, ...drafts]) : used;
  }

  #takeAnswer(entry: Entry): void {
    this.#epochs.take(entry);
    const own = entry.place.origin === this.#journal.self.origin;
    if (own && this.#leases.take(entry)) this.#claim();
    const [family, id] = split(entry.subject);
    if (family !== 'sitting') return;
    if (entry.kind === 'answer-changed') {
      if (this.#counts(entry)) this.#keepAnswer(id, entry);
      else this.#leaveUnclaimed(id, entry);
    } else if (entry.kind === 'candidate-reinitialised' && own) this.#answers.delete(id);
  }

  #counts({ subject, data, place }: Entry): boolean {
    const lease = Number(data['lease']);
    const rank = (epoch: string): number => this.#epochs.rank(place.origin, epoch);
    return (
      this.#leases.counts(subject, lease, place.origin) &&
      !this.#leases.afterHandIn(subject, lease, place, rank)
    );
  }

  #leaveUnclaimed(id: string, entry: Entry): void {
    const others = this.#unclaimed.get(id);
    if (others) others.push(entry);
    else this.#unclaimed.set(id, [entry]);
  }

  #claim(): void {
    for (const [id, entries] of this.#unclaimed) {
      const left: Entry[] = [];
      for (const entry of entries)
        if (this.#counts(entry)) this.#keepAnswer(id, entry);
        else left.push(entry);
      if (left.length === 0) this.#unclaimed.delete(id);
      else this.#unclaimed.set(id, left);
    }
  }

  #keepAnswer(id: string, entry: Entry): void {
    const attempt = Number(entry.data['attempt']);
    if (attempt !== this.sitting(id).attempt) return;
    const payload = entry.payload as { responses: ItemResponses } | undefined;
    const change: AnswerChange = {
      item: String(entry.data['item']),
      attempt,
      lease: Number(entry.data['lease']),
      epoch: this.#epochs.rank(entry.place.origin, entry.place.epoch),
      seq: entry.place.seq,
      at: entry.at,
      responses: payload?.responses ?? {},
    };
    const mine = this.#answers.get(id) ?? {
      byItem: new Map<string, KeptAnswer>(),
      attempt,
      kept: 0,
      lastChangeAt: null,
    };
    const before = mine.byItem.get(change.item);
    const later = !before || isLater(change, before);
    const changes = (before?.changes ?? 0) + 1;
    mine.byItem.set(change.item, later ? { ...change, changes } : { ...before, changes });
    mine.kept++;
    mine.lastChangeAt = Math.max(mine.lastChangeAt ?? 0, entry.at);
    this.#answers.set(id, mine);
  }
}

function split(subject: string): [family: string, id: string] {
  const at = subject.indexOf(':');
  return at === -1 ? [subject, ''] : [subject.slice(0, at), subject.slice(at + 1)];
}
