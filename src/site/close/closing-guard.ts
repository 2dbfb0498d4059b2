/**
 * 关闭考点管理系统: whoever tells the program to end while something is unreported is refused, with the reason. It ends when somebody types the site
 * code. A process that is killed all the same loses nothing: what was acknowledged was on the disk before the acknowledgement. What the refusal protects
 * is the exam: without its site no room can be authorised or report.
 */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Closing } from '../../node/running.ts';
import type { Site } from '../site.ts';
import { whyUnreported } from '../unreported/unreported.ts';

export class ClosingGuard implements Closing {
  readonly #site: Site;
  readonly #end: () => void;
  #refusedAt: number | null = null;

  /** @param end ends the program, in its own time. */
  constructor(site: Site, end: () => void) {
    this.#site = site;
    this.#end = end;
  }

  asked(): Refusal | null {
    const why = whyUnreported(this.#site);
    if (why === null) return null;
    this.#refusedAt = this.#site.node.clock.now();
    this.#site.node.log.warn({ reason: why }, 'told to end, and goes on: not everything is reported');
    this.#site.changed.notify();
    return why;
  }

  /** @param code that of the site; null: only where nothing is unreported. */
  async force(code: string | null, by: string): Promise<Result<void>> {
    const { node } = this.#site;
    const why = whyUnreported(this.#site);
    if (code === null && why) return refuse(why);
    const setup = this.#site.setup();
    if (code !== null && setup && code.trim() !== setup.siteCode) return refuse({ type: 'other-site-code' });
    await node.journal.append([
      { kind: 'site-closed', subject: 'site', data: { unreported: why?.type ?? null, by } },
    ]);
    node.log.warn({ reason: why, by }, 'closed by its site code');
    this.#end();
    return ok();
  }

  /** What the console says on every page since somebody tried, until everything is reported. */
  notice(): Refusal | null {
    if (this.#refusedAt === null) return null;
    if (whyUnreported(this.#site) === null) this.#refusedAt = null;
    return this.#refusedAt === null ? null : { type: 'close-refused', at: this.#refusedAt };
  }
}
