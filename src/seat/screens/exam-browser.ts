/**
 * Safe Exam Browser from the page's side: proves with its JavaScript API what an engine cannot say in headers, and knows whether the agent
 * refuses this browser. https://safeexambrowser.org/developer/seb-config-key.html
 */
import { useSyncExternalStore } from 'react';

interface SecurityApi {
  readonly configKey?: string;
  readonly browserExamKey?: string;
  /** Versions that do not fill the keys in by themselves do so before they call back. */
  readonly updateKeys?: (done: () => void) => void;
}

declare global {
  interface Window {
    readonly SafeExamBrowser?: { readonly security?: SecurityApi };
  }
}

const updateWithinMs = 5_000;

export type BrowserProblem = 'exam-browser-needed' | 'exam-browser-other-settings';

let problem: BrowserProblem | null = null;
const listeners = new Set<() => void>();

export function isBrowserProblem(type: unknown): type is BrowserProblem {
  return type === 'exam-browser-needed' || type === 'exam-browser-other-settings';
}

/** What the agent said of this browser last; null: it answers. */
export function tellBrowserProblem(next: BrowserProblem | null): void {
  if (next === problem) return;
  problem = next;
  for (const listener of listeners) listener();
}

export function useBrowserProblem(): BrowserProblem | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => problem,
  );
}

/** @returns null when the agent took the proof, else what is wrong with this browser. */
export async function provePage(headers: Record<string, string>): Promise<BrowserProblem | null> {
  const security = window.SafeExamBrowser?.security;
  if (!security) return 'exam-browser-needed';
  if (!security.configKey && security.updateKeys) await updated(security.updateKeys);
  const { configKey, browserExamKey } = window.SafeExamBrowser?.security ?? {};
  if (!configKey) return 'exam-browser-other-settings';
  const answer = await fetch('/exam-browser', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ configKey, browserExamKey: browserExamKey || null }),
  });
  return answer.ok ? null : 'exam-browser-other-settings';
}

/** A version that never calls back is one without keys. */
function updated(updateKeys: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, updateWithinMs);
    updateKeys(() => {
      clearTimeout(late);
      resolve();
    });
  });
}
