/** What this site brings from its centre's distribution: the list as the centre gave it last, and files whose digest is the one in it. */
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { ListedFile } from '../../exam/distribution/listed.ts';
import { changeSignal, type ChangeSignal } from '../../node/change-signal.ts';
import { distributedFileSchema } from '../../exam/distribution/distributed.ts';
import type { LentFile } from '../../node/files.ts';
import { freeBytes, leastFreeBytes, programVersion } from '../../node/indicators.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import type { Site } from '../site.ts';
import type { SiteDownloads } from './contract.ts';
import { newestPrograms } from './newest-programs.ts';

const answerSchema = z.object({ files: z.array(distributedFileSchema).max(2_000) });
const heardSchema = answerSchema.extend({ at: z.number().int() });
/** While the page is open the centre is asked this often at most, ms. */
const askEveryMs = 10_000;
const progressEveryMs = 1_000;

export class Downloads {
  readonly #site: Site;
  readonly changed: ChangeSignal = changeSignal();
  #asking: Promise<Refusal | null> | null = null;
  #askedAt = -Infinity;
  #problem: Refusal | null = null;
  #fetching: ListedFile | null = null;
  #failed: SiteDownloads['failed'] = null;

  constructor(site: Site) {
    this.#site = site;
  }

  get #folder(): string {
    return join(this.#site.node.data, 'distribution');
  }

  get #heard(): z.infer<typeof heardSchema> | null {
    return this.#site.node.settings.read('distribution', heardSchema);
  }

  async view(): Promise<SiteDownloads> {
    await this.#ask();
    const heard = this.#heard;
    const files: SiteDownloads['files'] = [];
    for (const file of heard?.files ?? []) files.push({ ...file, here: await this.#lies(file) });
    const fetching = this.#fetching;
    return {
      at: heard?.at ?? null,
      problem: this.#problem,
      files,
      own: programVersion,
      newest: newestPrograms(this.#site)?.site ?? null,
      fetching: fetching && {
        name: fetching.name,
        size: fetching.size,
        bytes: await sizeOf(this.#part(fetching)),
      },
      failed: this.#failed,
    };
  }

  /** Refusals `no-such-distributed-file`, `download-under-way`, `disk-low`, `site-not-registered-at-centre`. What goes wrong later is in the view. */
  async begin(name: string): Promise<Result<void>> {
    const file = this.#heard?.files.find((one) => one.name === name);
    if (!file) return refuse({ type: 'no-such-distributed-file', name });
    if (this.#fetching) return refuse({ type: 'download-under-way', name: this.#fetching.name });
    const { link, node } = this.#site;
    if (!link) return refuse({ type: 'site-not-registered-at-centre' });
    if (await this.#lies(file)) return ok();
    const [free, least] = [await freeBytes(node.data), leastFreeBytes + file.size];
    if (free < least) return refuse({ type: 'disk-low', free, least });
    this.#fetching = file;
    this.#failed = null;
    const timer = setInterval(() => this.changed.notify(), progressEveryMs);
    this.changed.notify();
    void this.#fetch(link.client, file)
      .then(
        (fetched) => {
          if (!fetched.ok) this.#failed = { name, why: fetched.refusal };
        },
        (error: unknown) => {
          node.log.error({ err: error, name }, 'not fetched from the centre');
          this.#failed = { name, why: { type: 'internal-error' } };
        },
      )
      .finally(() => {
        clearInterval(timer);
        this.#fetching = null;
        this.changed.notify();
      });
    return ok();
  }

  /** Compared again before it is given to anybody: it has lain on a disk since. */
  async lend(name: string): Promise<Result<LentFile>> {
    const file = this.#heard?.files.find((one) => one.name === name);
    if (!file || !(await this.#lies(file))) return refuse({ type: 'no-such-distributed-file', name });
    const path = join(this.#folder, name);
    if ((await fileSha256Hex(path)) !== file.sha256) {
      await rm(path, { force: true });
      this.changed.notify();
      return refuse({ type: 'distributed-file-altered', name });
    }
    return ok({
      fileName: name,
      size: file.size,
      from: (start) => Promise.resolve(ok(createReadStream(path, { start }))),
    });
  }

  async #fetch(client: NonNullable<Site['link']>['client'], file: ListedFile): Promise<Result<void>> {
    const part = this.#part(file);
    await mkdir(this.#folder, { recursive: true });
    await this.#forgetOthers();
    const fetched = await client.download(`/distribution/${encodeURIComponent(file.name)}`, part);
    // What is cut off stays for the next try, unless it can be none of this file.
    if (!fetched.ok) return fetched;
    if (fetched.value.bytes < file.size) return refuse({ type: 'download-cut-off', name: file.name });
    if (fetched.value.bytes !== file.size || (await fileSha256Hex(part)) !== file.sha256) {
      await rm(part, { force: true });
      return refuse({ type: 'distributed-file-altered', name: file.name });
    }
    await rename(part, join(this.#folder, file.name));
    return ok();
  }

  /** What the centre no longer lists is not kept: the disk is the exam's. */
  async #forgetOthers(): Promise<void> {
    const listed = new Set(
      this.#heard?.files.flatMap((file) => [file.name, `${file.name}.${file.sha256.slice(0, 16)}`]),
    );
    for (const name of await readdir(this.#folder))
      if (!listed.has(name)) await rm(join(this.#folder, name), { force: true });
  }

  /** With the digest in its name: what was begun of another file of that name is not gone on with. */
  #part({ name, sha256 }: ListedFile): string {
    return join(this.#folder, `${name}.${sha256.slice(0, 16)}`);
  }

  async #lies({ name, size }: ListedFile): Promise<boolean> {
    const found = await lstat(join(this.#folder, name)).catch(() => null);
    return found !== null && found.isFile() && found.size === size;
  }

  async #ask(): Promise<void> {
    const { link, node } = this.#site;
    if (!link) {
      this.#problem = { type: 'site-not-registered-at-centre' };
      return;
    }
    if (node.clock.monotonic() - this.#askedAt < askEveryMs) return;
    this.#asking ??= this.#askCentre(link.client).finally(() => {
      this.#askedAt = node.clock.monotonic();
      this.#asking = null;
    });
    this.#problem = await this.#asking;
  }

  async #askCentre(client: NonNullable<Site['link']>['client']): Promise<Refusal | null> {
    const { node } = this.#site;
    const answer = await client.get<unknown>('/distribution');
    if (!answer.ok) return answer.refusal;
    const read = answerSchema.safeParse(answer.value);
    if (!read.success) return { type: 'parent-not-understood' };
    node.settings.write('distribution', { at: node.clock.now(), files: read.data.files });
    return null;
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await lstat(path).catch(() => null))?.size ?? 0;
}
