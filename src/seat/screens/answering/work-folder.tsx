/** Above a practical task: where its files lie, the way there, and the task's files as they were. */
import { useState, type ReactNode } from 'react';
import type { PracticalTaskView, PracticalView } from '../../practical/contract.ts';
import { agent, refusalOf } from '../agent.ts';
import { useLanguage } from '../language.tsx';
import { refusalText } from '../refusal-text.ts';

export function WorkFolder({ task }: { task: PracticalTaskView }): ReactNode {
  const { say } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
    }
  };
  const { item, folder, given, passedOver } = task;
  return (
    <section className="work-folder" aria-label={say('practical.folder')}>
      {folder === null ? (
        <p role="status">{say('practical.making')}</p>
      ) : (
        <>
          <div className="work-folder-line">
            <span>
              {say('practical.folder')} <code>{folder}</code>
            </span>
            <button type="button" onClick={() => void run(() => agent.practical.openFolder({ item }))}>
              {say('practical.show')}
            </button>
          </div>
          <p className="hint">{say('practical.how')}</p>
          {given.length > 0 && (
            <details>
              <summary>{say('practical.back')}</summary>
              <p>{say('practical.back.text')}</p>
              <div className="buttons">
                {given.map((name) => (
                  <BringBack
                    key={name}
                    name={name}
                    run={() => run(() => agent.practical.bringBack({ item, name }))}
                  />
                ))}
              </div>
            </details>
          )}
        </>
      )}
      {passedOver.length > 0 && (
        <p className="warning">{say('practical.passed-over', { names: passedOver.join(', ') })}</p>
      )}
      {task.problem && (
        <p className="problem" role="alert">
          {refusalText(say, task.problem)}
        </p>
      )}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

/** In two steps: a click in passing replaces nothing. */
function BringBack({ name, run }: { name: string; run: () => Promise<void> }): ReactNode {
  const { say } = useLanguage();
  const [asked, setAsked] = useState(false);
  const bring = async (): Promise<void> => {
    setAsked(false);
    await run();
  };
  return (
    <button type="button" className="quiet" onClick={asked ? () => void bring() : () => setAsked(true)}>
      {asked ? say('practical.back.sure', { name }) : name}
    </button>
  );
}

/** Before the hand-in: what programs still have open, and may not have saved. */
export function OpenFiles({ practical }: { practical: PracticalView }): ReactNode {
  const { say } = useLanguage();
  const open = practical.tasks.flatMap(({ expected }) =>
    expected
      .filter(({ state }) => ['open', 'saving', 'unreadable'].includes(state))
      .map(({ name, pattern }) => name ?? pattern),
  );
  return open.length === 0 ? null : (
    <p className="warning">{say('practical.hand-in', { names: open.join(', ') })}</p>
  );
}

/** After the work: what could not be cleared away. */
export function LeftFiles({ practical }: { practical: PracticalView }): ReactNode {
  const { say } = useLanguage();
  return practical.left.map(({ folder, files }) => (
    <p key={folder} className="warning" role="status">
      {say('practical.left', { folder, names: files.join(', ') })}
    </p>
  ));
}
