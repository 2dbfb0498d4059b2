/** What the invigilator does at a candidate's screen: export the answers as a file, with the seat code. Works while the room is away. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { ExportedPackage } from '../contract.ts';
import { agent, refusalOf } from './agent.ts';
import { keepTyped } from './answering/keepers.ts';
import { useLanguage } from './language.tsx';
import { Problem } from './pages/page.tsx';
import { refusalText } from './refusal-text.ts';

export function Invigilator(): ReactNode {
  const { say } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {say('menu.invigilator')}
      </button>
      {open && createPortal(<ExportDialog close={() => setOpen(false)} />, document.body)}
    </>
  );
}

function ExportDialog({ close }: { close: () => void }): ReactNode {
  const { say } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  // The browser's own: it keeps the focus inside and gives it back to the button.
  useEffect(() => dialog.current?.showModal(), []);
  const [exported, setExported] = useState<ExportedPackage | null>(null);
  return (
    <dialog ref={dialog} className="card" aria-labelledby="export-title" onClose={close}>
      <h2 id="export-title">{say('package.title')}</h2>
      <p>{say('package.text')}</p>
      {exported ? <Done exported={exported} again={() => setExported(null)} /> : <Ask onDone={setExported} />}
      <div className="buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          {say('close')}
        </button>
      </div>
    </dialog>
  );
}

function Ask({ onDone }: { onDone: (exported: ExportedPackage) => void }): ReactNode {
  const { say } = useLanguage();
  const [seatCode, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await keepTyped();
      const exported = await agent.answerPackage.export({ seatCode });
      save(exported);
      onDone(exported);
    } catch (error) {
      setProblem(refusalText(say, refusalOf(error)));
      setCode('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void run();
      }}
    >
      <label>
        {say('package.code')}
        <input
          required
          className="figures large"
          type="password"
          inputMode="numeric"
          maxLength={12}
          autoComplete="off"
          value={seatCode}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <button type="submit" className="primary" disabled={busy}>
        {say('package.go')}
      </button>
      <Problem text={problem} />
    </form>
  );
}

function Done({ exported, again }: { exported: ExportedPackage; again: () => void }): ReactNode {
  const { say } = useLanguage();
  return (
    <div role="status">
      <p>{say('package.done', { file: exported.fileName })}</p>
      <p>{say('package.copy', { path: exported.path })}</p>
      <button type="button" onClick={again}>
        {say('package.again')}
      </button>
    </div>
  );
}

/** Hands it to the browser's downloads. */
function save({ ticket, fileName }: ExportedPackage): void {
  const link = document.createElement('a');
  link.href = `/files/answer-package/${encodeURIComponent(ticket)}`;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
