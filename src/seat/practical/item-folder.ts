/** The working folder of one question: lays it out, takes what is saved in it as versions, and says how things stand. */
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { answerFileLimit } from '../../exam/answer/answer-limits.ts';
import { fileReferenceSchema, safeFileName } from '../../exam/answer/answer-files.ts';
import { mediaTypeOf } from '../../exam/paper/media-type.ts';
import type { FileReference, ItemResponses } from '../../exam/paper/response.ts';
import { foldedName, isMarkedOpen } from '../../exam/practical/file-names.ts';
import type { ExpectedFile } from '../../exam/practical/practical-task.ts';
import { superfluous, whetherToTake } from '../../exam/practical/versions.ts';
import { filesThatCount } from '../../exam/practical/which-file.ts';
import type { Node } from '../../node/node.ts';
import type { AnswerFiles } from '../agent/answer-files.ts';
import { putFile } from './close-folder.ts';
import type { ExpectedFileView, PracticalTaskView } from './contract.ts';
import type { KeptVersions } from './kept-versions.ts';
import {
  isFolder,
  isHeldBack,
  readWorkFolder,
  statusOf,
  takeSnapshot,
  type FolderContent,
  type FoundFile,
} from './read-folder.ts';

/** `watch`: what has come to rest is taken; `now`: everything as it is, at the end of the work; `pause`: nothing. */
export type Mode = 'watch' | 'now' | 'pause';

export interface ItemFolderOptions {
  readonly node: Pick<Node, 'blobs' | 'clock'>;
  readonly versions: KeptVersions;
  readonly files: AnswerFiles;
  readonly work: string;
  readonly path: string;
  readonly item: string;
  readonly expected: readonly ExpectedFile[];
  readonly given: readonly GivenContent[];
  readonly isNamed: (digest: string) => boolean;
  readonly responses: () => ItemResponses;
  /** Enters the answer; resolves when this seat has kept it. null: no answer any more. */
  readonly answer: (response: string, file: FileReference | null) => Promise<Result<unknown>>;
  /** Brings a file of a seat before here. */
  readonly fetch: (digest: string) => Promise<Result<void>>;
}

export interface GivenContent {
  readonly name: string;
  readonly digest: string;
  readonly content: Uint8Array;
}

interface Slot {
  readonly expected: ExpectedFile;
  state: ExpectedFileView['state'];
  found: FoundFile | null;
  /** A change that is not kept yet. Steady clock, ms. */
  change: { readonly key: string; readonly firstSeenAt: number; changedAt: number } | null;
  /** The state of the file that was taken last. */
  taken: { readonly key: string; readonly at: number; readonly size: number } | null;
}

export class ItemFolder {
  readonly item: string;
  readonly path: string;
  readonly #options: ItemFolderOptions;
  readonly #slots: readonly Slot[];
  #laid: boolean;
  #passedOver: readonly string[] = [];
  #problem: Refusal | null = null;

  constructor(options: ItemFolderOptions) {
    this.#options = options;
    this.item = options.item;
    this.path = options.path;
    this.#laid = options.versions.isLaid(options.work, options.item);
    this.#slots = options.expected.map((expected) => ({
      expected,
      state: 'missing',
      found: null,
      change: null,
      taken: null,
    }));
  }

  /** Lays the folder out when it is not there, and takes what was saved. @returns the first thing that could not be kept. */
  async step(mode: Mode): Promise<Result<void>> {
    const done = await this.#step(mode);
    this.#problem = done.ok ? null : done.refusal;
    return done;
  }

  /** What went wrong around the folder itself. */
  fail(refusal: Refusal): void {
    this.#problem = refusal;
  }

  async bringBack(name: string): Promise<Result<void>> {
    const given = this.#options.given.find((one) => one.name === name);
    if (!given) return refuse({ type: 'no-such-file' });
    const path = join(this.path, name);
    const status = await statusOf(path);
    if (status?.isDirectory()) return refuse({ type: 'work-file-open', name });
    if (status?.isFile() && status.nlink <= 1) {
      if (status.size > answerFileLimit) return refuse({ type: 'file-too-large', limit: answerFileLimit });
      const kept = await takeSnapshot(path, this.#options.node.blobs);
      if (kept === 'unreadable' || !kept.steady) return refuse({ type: 'work-file-open', name });
      this.#addVersion(name, kept);
    }
    try {
      await putFile(this.path, name, given.content);
    } catch (error) {
      if (isHeldBack(error)) return refuse({ type: 'work-file-open', name });
      throw error;
    }
    return this.step('now');
  }

  view(): PracticalTaskView {
    const { given, item } = this.#options;
    return {
      item,
      folder: this.#laid ? this.path : null,
      expected: this.#slots.map((slot) => this.#viewOf(slot)),
      given: given.map(({ name }) => name),
      passedOver: this.#passedOver.slice(0, 20),
      problem: this.#problem && { ...this.#problem },
    };
  }

  #viewOf(slot: Slot): ExpectedFileView {
    const { versions, work } = this.#options;
    const answer = this.#answerTo(slot);
    const name = slot.found?.name ?? answer?.name ?? null;
    const known = name === null ? null : versions.countOf(work, this.item, name);
    return {
      ...slot.expected,
      state: slot.state,
      name,
      size: slot.found?.size ?? answer?.size ?? null,
      keptAt: known?.newestAt ?? null,
      versions: known?.versions ?? 0,
    };
  }

  #answerTo({ expected }: Slot): FileReference | null {
    const value = this.#options.responses()[expected.response];
    const named = typeof value === 'object' && value !== null && 'file' in value ? value.file : null;
    return fileReferenceSchema.safeParse(named).data ?? null;
  }

  async #step(mode: Mode): Promise<Result<void>> {
    if (!this.#laid) {
      const laid = await this.#layOut();
      if (!laid.ok) return laid;
    }
    const content = await readWorkFolder(this.path);
    if (content === null) {
      // Deleted or replaced by something else: the next step lays it out again, with the newest versions.
      this.#setLaid(false);
      for (const slot of this.#slots) this.#notThere(slot);
      return refuse({ type: 'work-folder-gone', path: this.path });
    }
    return this.#look(content, mode);
  }

  async #look(content: FolderContent, mode: Mode): Promise<Result<void>> {
    this.#passedOver = content.passedOver;
    const counting = filesThatCount(this.#options.expected, content.files);
    let worst: Result<void> = content.tooMany ? refuse({ type: 'work-folder-full' }) : ok();
    for (const slot of this.#slots) {
      const found = counting.get(slot.expected.response);
      const seen = found ? await this.#take(slot, found, content, mode) : this.#notThere(slot);
      if (!seen.ok) worst = seen;
    }
    return worst;
  }

  /** A file that went away is no erased answer: the last version stands. */
  #notThere(slot: Slot): Result<void> {
    slot.found = slot.change = slot.taken = null;
    slot.state = this.#answerTo(slot) ? 'gone' : 'missing';
    return ok();
  }

  async #take(slot: Slot, found: FoundFile, { names }: FolderContent, mode: Mode): Promise<Result<void>> {
    const { node } = this.#options;
    const key = `${found.name}\n${found.stamp}`;
    const now = node.clock.monotonic();
    const markedOpen = isMarkedOpen(found.name, names);
    slot.found = found;
    if (slot.taken?.key === key) return this.#asTaken(slot, markedOpen, mode);
    if (slot.change?.key !== key)
      slot.change = { key, firstSeenAt: slot.change?.firstSeenAt ?? now, changedAt: now };
    if (found.size === 0 || found.size > slot.expected.limit) {
      slot.state = found.size === 0 ? 'empty' : 'too-large';
      return ok();
    }
    if (slot.state !== 'unreadable') slot.state = 'saving';
    if (mode === 'pause') return ok();
    const waited = { takenAt: slot.taken?.at ?? null, takenSize: slot.taken?.size ?? 0 };
    const when = mode === 'now' ? 'as-it-is' : whetherToTake({ ...slot.change, ...waited }, now);
    if (when === 'wait') return ok();
    const kept = await takeSnapshot(join(this.path, found.name), node.blobs);
    if (kept === 'unreadable') {
      slot.state = 'unreadable';
      const last = this.#answerTo(slot);
      return mode === 'now' && last && !last.open ? this.#enter(slot, { ...last, open: true }) : ok();
    }
    if (!kept.steady && when === 'take') {
      slot.change.changedAt = now;
      await this.#options.files.discard(kept.digest);
      return ok();
    }
    const open = markedOpen || !kept.steady;
    const answered = await this.#answered(slot, found.name, kept, open);
    if (!answered.ok) return answered;
    // What was written meanwhile is a change that the next look takes.
    slot.taken = { key: kept.steady ? key : '', at: now, size: kept.size };
    slot.change = null;
    return ok();
  }

  /** Nothing new in it; a program may have opened or closed it. */
  async #asTaken(slot: Slot, markedOpen: boolean, mode: Mode): Promise<Result<void>> {
    const answer = this.#answerTo(slot);
    if (answer && mode !== 'pause' && (answer.open ?? false) !== markedOpen) {
      const { open: _open, ...closed } = answer;
      return this.#enter(slot, markedOpen ? { ...closed, open: true } : closed);
    }
    slot.state = answer === null ? 'as-given' : markedOpen ? 'open' : 'kept';
    return ok();
  }

  async #answered(
    slot: Slot,
    name: string,
    { digest, size }: { digest: string; size: number },
    open: boolean,
  ): Promise<Result<void>> {
    const answer = this.#answerTo(slot);
    const given = this.#options.given.find((one) => foldedName(one.name) === foldedName(name));
    if (given?.digest === digest) {
      slot.state = 'as-given';
      await this.#options.files.discard(digest);
      return answer ? this.#enter(slot, null) : ok();
    }
    this.#addVersion(name, { digest, size });
    const same = answer?.digest === digest && answer.name === name && (answer.open ?? false) === open;
    slot.state = open ? 'open' : 'kept';
    if (same) return ok();
    const file = { digest, name, mediaType: mediaTypeOf(name), size };
    const entered = await this.#enter(slot, open ? { ...file, open: true } : file);
    if (entered.ok) await this.#thinOut(name);
    return entered;
  }

  async #enter(slot: Slot, file: FileReference | null): Promise<Result<void>> {
    const entered = await this.#options.answer(slot.expected.response, file);
    if (!entered.ok) {
      slot.state = 'saving';
      return entered;
    }
    if (file !== null && slot.state !== 'unreadable') slot.state = file.open ? 'open' : 'kept';
    return ok();
  }

  /** Before the entry that names it: whatever is interrupted, no entry names content that the room will not get. */
  #addVersion(name: string, { digest, size }: { digest: string; size: number }): void {
    const { versions, files, work, node } = this.#options;
    files.add(digest, size);
    if (versions.newestDigest(work, this.item, name) !== digest)
      versions.add(work, this.item, { name, digest, size, at: node.clock.now() });
  }

  async #thinOut(name: string): Promise<void> {
    const { versions, files, work, node, isNamed } = this.#options;
    const kept = versions.withContent(work, this.item, name);
    const drop = new Set(superfluous(kept, node.clock.now()));
    for (const version of kept) {
      if (!drop.has(version.id) || isNamed(version.digest)) continue;
      // What is on its way to the room stays until it is there.
      if (files.delivering) return;
      if (versions.thinOut(version)) await files.drop(version.digest);
    }
  }

  /** What stands there is never overwritten: it may be newer than anything that was kept. */
  async #layOut(): Promise<Result<void>> {
    const { given, fetch, node } = this.#options;
    const answers = this.#slots.flatMap((slot) => this.#answerTo(slot) ?? []);
    for (const { digest } of answers) {
      const here = node.blobs.holds(digest) ? ok() : await fetch(digest);
      if (!here.ok) return here;
    }
    await mkdir(this.path, { recursive: true });
    if (!(await isFolder(this.path))) return refuse({ type: 'work-folder-gone', path: this.path });
    // A name from another seat is a name from outside.
    const files = new Map(
      answers.map(({ name, digest }) => [
        safeFileName(name),
        () => createReadStream(node.blobs.path(digest)) as AsyncIterable<Uint8Array>,
      ]),
    );
    const taken = new Set([...files.keys()].map(foldedName));
    for (const [name, content] of files) await this.#lay(name, content());
    for (const { name, content } of given) if (!taken.has(foldedName(name))) await this.#lay(name, content);
    this.#setLaid(true);
    return ok();
  }

  async #lay(name: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    if ((await statusOf(join(this.path, name))) === null) await putFile(this.path, name, content);
  }

  #setLaid(laid: boolean): void {
    this.#laid = laid;
    this.#options.versions.setLaid(this.#options.work, this.item, laid);
  }
}
