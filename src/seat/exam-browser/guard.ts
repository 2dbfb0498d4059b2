/**
 * Does the candidate's screen run in Safe Exam Browser with the room's settings? Each request proves it by SEB's headers; where the engine can
 * send none (WKWebView), the page proves it once by SEB's JavaScript API, and its requests carry a cookie from then on.
 */
import type { Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { toHex, utf8 } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { pageProofSchema, type ExamBrowserOrder, type ScreenBrowser } from '../../exam/exam-browser/proof.ts';
import { sameSecret } from '../../trust/digest.ts';
import { provesKey } from '../../trust/exam-browser.ts';

/** What tells something about the exam, or changes it. The page itself must come, or it could not say what to do. */
const guarded = /^\/(rpc|api|paper|files)\b/;

export class ExamBrowserGuard {
  readonly #onSeen: () => void;
  #order: ExamBrowserOrder | null = null;
  #seen: ScreenBrowser = 'unknown';
  /** Given to pages that have proved what the room asks for now; worth nothing once it asks for something else. */
  #proof = toHex(randomBytes(32));
  #changed = new AbortController();

  /** @param onSeen the screen is seen in another browser than before. */
  constructor(onSeen: () => void) {
    this.#onSeen = onSeen;
  }

  /** In what the screen's newest request came. */
  get seen(): ScreenBrowser {
    return this.#seen;
  }

  follow(order: ExamBrowserOrder | null): void {
    if (JSON.stringify(order) === JSON.stringify(this.#order)) return;
    this.#order = order;
    this.#proof = toHex(randomBytes(32));
    // Streams that were opened under the rule before: their screens come again, and are asked.
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  /** Ends with the request, or when the rule changes under which it was answered. */
  until(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#changed.signal]) : this.#changed.signal;
  }

  guard(app: Hono): void {
    app.use(async (c, next) => {
      if (!guarded.test(c.req.path)) return next();
      const proved = this.#byHeaders(c) || this.#byCookie(c);
      const required = this.#order?.required ?? false;
      this.#see(proved ? 'seb' : required ? 'refused' : 'other');
      if (proved || !required) return next();
      const inSeb = c.req.header(configKeyHeader) !== undefined;
      return c.json({ type: inSeb ? 'exam-browser-other-settings' : 'exam-browser-needed' }, 403);
    });
    app.post('/exam-browser', async (c) => {
      const said = pageProofSchema.safeParse(await c.req.json().catch(() => null));
      if (!said.success) return c.json({ type: 'bad-request' }, 422);
      // The page's own address: the hash is worth nothing for another one.
      const page = `${new URL(c.req.url).origin}/`;
      if (!this.#proves(page, said.data.configKey, said.data.browserExamKey)) {
        if (this.#order?.required) this.#see('refused');
        return c.json({ type: 'exam-browser-other-settings' }, 403);
      }
      setCookie(c, cookieName(c), this.#proof, { path: '/', httpOnly: true, sameSite: 'Strict' });
      this.#see('seb');
      return c.json({});
    });
  }

  #byHeaders(c: Context): boolean {
    const configKey = c.req.header(configKeyHeader);
    return (
      configKey !== undefined &&
      this.#proves(c.req.url, configKey, c.req.header('x-safeexambrowser-requesthash') ?? null)
    );
  }

  #byCookie(c: Context): boolean {
    return sameSecret(utf8(getCookie(c, cookieName(c)) ?? ''), utf8(this.#proof));
  }

  #proves(url: string, configKey: string, browserExamKey: string | null): boolean {
    const order = this.#order;
    if (!order || !provesKey(configKey, url, [order.configKey])) return false;
    const keys = order.browserExamKeys;
    return keys.length === 0 || (browserExamKey !== null && provesKey(browserExamKey, url, keys));
  }

  #see(browser: ScreenBrowser): void {
    if (browser === this.#seen) return;
    this.#seen = browser;
    this.#onSeen();
  }
}

const configKeyHeader = 'x-safeexambrowser-configkeyhash';

/** Browsers keep cookies by host, not by port. */
function cookieName(c: Context): string {
  return `invigil-exam-browser-${new URL(c.req.url).port || '80'}`;
}
