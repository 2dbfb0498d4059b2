/**
 * Practical tasks at the seat: from the start on each has a working folder, what is saved there becomes the answer, and after the work the folder
 * is cleared away. What it does next follows from what the agent knows, so that a killed agent goes on where it was.
 */
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { safeFileName } from '../../exam/answer/answer-files.ts';
import type { FileReference, ItemResponses } from '../../exam/paper/response.ts';
import { practicalTask } from '../../exam/practical/practical-task.ts';
import type { Node } from '../../node/node.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import type { AnswerFiles } from '../agent/answer-files.ts';
import type { OpenPaper } from '../agent/paper.ts';
import type { Claim } from '../agent/stored.ts';
import type { SeatState } from '../contract.ts';
import { closeFolder } from './close-folder.ts';
import type { PracticalView } from './contract.ts';
import { ItemFolder, type Mode } from './item-folder.ts';
import { KeptVersions } from './kept-versions.ts';
import { isHeldBack, statusOf } from './read-folder.ts';
import type { FolderSystem } from './system/folders.ts';

/** Folders are looked at so often, ms. Asked, not told: folders on a server and programs that save by renaming tell nothing reliably. */
const lookEveryMs = 700;
const tryAgainMs = 5_000;
/** In the data folder: where folders lie after the work. */
const movedTo = 'work-closed';
const nobody: WorkNow = { claim: null, paper: null, phase: 'unpaired' };

/** Where working folders are made, and what becomes of them. */
export interface WorkFolderOptions {
  /** null: in the user's documents, else in the data folder. */
  readonly folder: string | null;
  /** `move`: into the data folder; `delete`: what was kept stays kept all the same. */
  readonly afterwards: 'move' | 'delete';
}

export interface PracticalOptions extends WorkFolderOptions {
  readonly node: Node;
  readonly system: FolderSystem;
  readonly files: AnswerFiles;
  readonly responses: (item: string) => ItemResponses;
  readonly answer: (item: string, response: string, file: FileReference | null) => Promise<Result<unknown>>;
  /** Downloads a file that the room has from a seat before. */
  readonly fetch: (sittingId: string, digest: string, file: string) => Promise<Result<unknown>>;
  /** Whether an answer of this candidate names the content. */
  readonly isNamed: (digest: string) => boolean;
  readonly onChange: () => void;
}

/** What the agent knows of the candidate's work. */
export interface WorkNow {
  readonly claim: Claim | null;
  readonly paper: OpenPaper | null;
  readonly phase: SeatState['phase'];
}

interface OpenWork {
  readonly work: string;
  readonly sittingId: string;
  readonly folders: readonly ItemFolder[];
}

export class PracticalWork {
  readonly #options: PracticalOptions;
  readonly #versions: KeptVersions;
  #now: WorkNow = nobody;
  #open: OpenWork | null = null;
  #left: PracticalView['left'] = [];
  /** The candidate hands in, or the screen is locked: what is saved now is not taken. */
  #held = false;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #wasLocked = false;
  #shown = '';
  #view: PracticalView = { tasks: [], left: [] };

  constructor(options: PracticalOptions) {
    this.#options = options;
    this.#versions = new KeptVersions(options.node.db);
  }

  get view(): PracticalView {
    return this.#view;
  }

  /** Says how things stand with the agent. What has to be done is done in the background, one thing after another. */
  follow(now: WorkNow): void {
    const before = this.#now;
    this.#now = now;
    this.#stopped = false;
    const same =
      before.phase === now.phase && before.paper === now.paper && workOf(before.claim) === workOf(now.claim);
    if (!same) this.#soon(0);
  }

  /** Takes everything as it is in this moment, and nothing more until `release`. */
  takeEverything(): Promise<Result<void>> {
    return this.#inTurn(async () => {
      this.#held = true;
      return this.#stepAll('now');
    });
  }

  release(): void {
    this.#held = false;
  }

  async openFolder(item: string): Promise<Result<void>> {
    const folder = this.#folderOf(item);
    if (!folder) return refuse({ type: 'not-started' });
    return this.#options.system.show(folder.path);
  }

  bringBack(item: string, name: string): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const folder = this.#folderOf(item);
      if (!folder || this.#now.phase !== 'answering') return refuse({ type: 'not-started' });
      return this.#guarded(() => folder.bringBack(name));
    });
  }

  /** Deletes every candidate's folders, also those that were moved, and every version. Refused while another program holds a file. */
  forgetEverybody(): Promise<Result<void>> {
    return this.#inTurn(async () => {
      const { node } = this.#options;
      this.#now = nobody;
      this.#open = null;
      for (const { work, path } of this.#versions.notClosed()) {
        const [held] = await closeFolder(path, null);
        if (held !== undefined) return refuse({ type: 'work-folder-held', folder: path, file: held });
        this.#versions.closed(work);
      }
      this.#left = [];
      await rm(join(node.data, movedTo), { recursive: true, force: true, maxRetries: 5 });
      for (const digest of this.#versions.digests()) await node.blobs.remove(digest);
      this.#versions.forgetEverything();
      return ok();
    });
  }

  /** Stops looking; folders stay as they are. */
  async close(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#queue;
    this.#open = null;
  }

  #folderOf(item: string): ItemFolder | null {
    return this.#open?.folders.find((one) => one.item === item) ?? null;
  }

  #soon(ms: number): void {
    if (this.#stopped || this.#waiting) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#waiting = true;
      void this.#inTurn(() => this.#step());
    }, ms);
    this.#timer.unref();
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(act);
    this.#queue = done
      .catch(() => undefined)
      .then(() => this.#show())
      .catch((error: unknown) => this.#options.node.log.error({ err: error }, 'working folders'));
    return done;
  }

  async #step(): Promise<void> {
    this.#waiting = false;
    const { node } = this.#options;
    try {
      await this.#turn();
    } catch (error) {
      // One step failed, not the candidate's exam: the next one tries again, and the page says so.
      node.log.error({ err: error }, 'working folders');
      const refusal = refusalOf(error) ?? { type: 'work-folder-failed' };
      for (const folder of this.#open?.folders ?? []) folder.fail(refusal);
    }
    if (this.#open) this.#soon(lookEveryMs);
    else if (this.#left.length > 0) this.#soon(tryAgainMs);
  }

  async #turn(): Promise<void> {
    const { claim, paper, phase } = this.#now;
    const atWork = (phase === 'answering' || phase === 'locked') && paper?.sittingId === claim?.sittingId;
    const work = atWork ? workOf(claim) : null;
    if (this.#open && this.#open.work !== work) {
      // What was saved in the last moment counts like what was typed then.
      if (phase === 'ended' && this.#open.work === workOf(claim)) await this.#stepAll('now');
      this.#open = null;
    }
    if (work !== null && claim && paper && !this.#open) this.#open = await this.#begin(work, claim, paper);
    if (this.#open) await this.#stepAll(this.#mode(phase));
    await this.#closeOthers();
  }

  #mode(phase: SeatState['phase']): Mode {
    const locked = phase === 'locked';
    const justLocked = locked && !this.#wasLocked;
    this.#wasLocked = locked;
    if (this.#held) return 'pause';
    // Once more: what was saved before the lock is on its way like what was typed.
    return justLocked ? 'now' : locked ? 'pause' : 'watch';
  }

  async #stepAll(mode: Mode): Promise<Result<void>> {
    let worst: Result<void> = ok();
    for (const folder of this.#open?.folders ?? []) {
      const done = await this.#guarded(() => folder.step(mode));
      if (done.ok) continue;
      folder.fail(done.refusal);
      if (!folderProblems.has(done.refusal.type)) worst = done;
    }
    return worst;
  }

  async #guarded(act: () => Promise<Result<void>>): Promise<Result<void>> {
    try {
      return await act();
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refuse(refusal);
    }
  }

  async #begin(work: string, claim: Claim, paper: OpenPaper): Promise<OpenWork | null> {
    const { node, files, responses, answer, isNamed } = this.#options;
    const tasks = paper.instance.items.flatMap((one, place) => {
      const task = practicalTask(one.item);
      return task ? [{ item: one.identifier, number: place + 1, task }] : [];
    });
    if (tasks.length === 0) return null;
    const path = this.#versions.placeOf(work) ?? (await this.#newPlace(work, claim));
    const digests = new Map(paper.instance.files.map((file) => [file.path, file.digest]));
    return {
      work,
      sittingId: claim.sittingId,
      folders: tasks.map(
        ({ item, number, task }) =>
          new ItemFolder({
            node,
            versions: this.#versions,
            files,
            work,
            path: join(path, `question-${number}`),
            item,
            expected: task.expected,
            given: task.given.map((given) => {
              const digest = digests.get(given.path) ?? '';
              return {
                name: given.name,
                digest,
                content: paper.files.get(digest)?.content ?? new Uint8Array(),
              };
            }),
            isNamed,
            responses: () => responses(item),
            answer: (response, file) => answer(item, response, file),
            fetch: (digest) => this.#fetch(claim.sittingId, digest),
          }),
      ),
    };
  }

  /** A folder that was not there before: what somebody else left behind is nobody's answer. */
  async #newPlace(work: string, claim: Claim): Promise<string> {
    const base = await this.#base();
    const name = safeFileName(claim.admissionNumber);
    for (let n = 1; ; n++) {
      const path = join(base, n === 1 ? name : `${name}-${n}`);
      if ((await statusOf(path)) !== null) continue;
      this.#versions.place({ work, path });
      return path;
    }
  }

  async #base(): Promise<string> {
    const { folder, system, node } = this.#options;
    if (folder !== null) {
      await mkdir(folder, { recursive: true });
      return folder;
    }
    try {
      const documents = await system.documents();
      if (documents !== null) {
        const own = join(documents, 'Invigil');
        await mkdir(own, { recursive: true });
        return own;
      }
    } catch (error) {
      node.log.warn({ err: error }, 'no folder in the documents of this user');
    }
    const own = join(node.data, 'work');
    await mkdir(own, { recursive: true });
    return own;
  }

  async #fetch(sittingId: string, digest: string): Promise<Result<void>> {
    const { node, fetch } = this.#options;
    const partial = join(node.staging, newId());
    try {
      const fetched = await fetch(sittingId, digest, partial);
      if (!fetched.ok) return fetched;
      const kept = await node.blobs.put(createReadStream(partial));
      return kept.digest === digest ? ok() : refuse({ type: 'file-missing', name: digest });
    } finally {
      await rm(partial, { force: true });
    }
  }

  async #closeOthers(): Promise<void> {
    const { node, afterwards } = this.#options;
    const left: PracticalView['left'][number][] = [];
    const { claim, phase } = this.#now;
    // As long as the candidate may come to work, or back to it, the folder stays: a paper may have to be fetched again after a crash.
    const current = over.has(phase) ? null : workOf(claim);
    for (const { work, path } of this.#versions.notClosed()) {
      if (work === current) continue;
      const files = await closeFolder(path, afterwards === 'move' ? join(node.data, movedTo) : null);
      if (files.length > 0) {
        left.push({ folder: path, files: files.slice(0, 20) });
        continue;
      }
      this.#versions.closed(work);
    }
    this.#left = left;
  }

  /** Called with every step: the page is told only when it would show something else. */
  #show(): void {
    const view = { tasks: (this.#open?.folders ?? []).map((folder) => folder.view()), left: [...this.#left] };
    const shown = JSON.stringify(view);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#view = view;
    this.#options.onChange();
  }
}

const over: ReadonlySet<SeatState['phase']> = new Set(['handed-in', 'moved', 'ended', 'absent']);
/** What is wrong with a folder and not with keeping: what was kept of it stands. */
const folderProblems = new Set(['work-folder-gone', 'work-folder-full', 'work-folder-failed']);

function workOf(claim: Claim | null): string | null {
  return claim?.confirmed ? `${claim.sittingId} ${claim.attempt} ${claim.lease}` : null;
}

/** What the disk or the rights on a folder say; null: none of that. */
function refusalOf(error: unknown): Refusal | null {
  return diskRefusal(error) ?? (isHeldBack(error) ? { type: 'work-folder-failed' } : null);
}
