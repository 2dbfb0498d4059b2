/** Tells the agent which browser this page runs in and how large its screen is: the environment check wants to know. */
import { useEffect } from 'react';
import { agent, refusalOf } from './agent.ts';
import type { Language } from './language.tsx';

/**
 * @param run of the agent: another one has forgotten what this page said. null: none has answered yet.
 * @param connected a page that could not say it says it again once it has contact.
 */
export function useTellPage(run: string | null, connected: boolean, language: Language): void {
  useEffect(() => {
    if (run === null || !connected) return;
    const { width, height } = window.screen;
    agent.environment
      .page({
        userAgent: navigator.userAgent.slice(0, 500),
        language: `${language} (${navigator.language})`.slice(0, 40),
        width: Math.round(width),
        height: Math.round(height),
      })
      // No contact shows as such on the screen, and ends with this effect running again; anything else is reported here.
      .catch(refusalOf);
  }, [run, connected, language]);
}
