/** This browser may not show the exam: what the candidate, or the invigilator, does about it. It goes on by itself when it may. */
import type { ReactNode } from 'react';
import type { BrowserProblem } from '../exam-browser.ts';
import { useLanguage } from '../language.tsx';
import { Page } from './page.tsx';

export function ExamBrowserNeeded({ problem }: { problem: BrowserProblem }): ReactNode {
  const { say } = useLanguage();
  return (
    <Page title={say(`${problem}.title`)} text={say(`${problem}.text`)}>
      <ol>
        <li>{say(`${problem}.first`)}</li>
        <li>{say(`${problem}.second`)}</li>
        <li>{say('exam-browser.call')}</li>
      </ol>
    </Page>
  );
}
