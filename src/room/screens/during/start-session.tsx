import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { useText } from '../../../ui/text.ts';
import type { SessionProps } from './session-page.tsx';

/** "Allow start": says who is here and who is not, then counts down for everybody. */
export function StartSession({ room, board, session, set }: SessionProps): ReactNode {
  const t = useText();
  const missing = board.sittings.filter((one) => one.state === 'not-signed-in');
  return (
    <DialogButton type="primary" gate={board.toolbar.allowStart} label={t('room.allowStart')}>
      {(close) => (
        <Form
          submit={t('room.startNow')}
          onCancel={close}
          onSubmit={async () => {
            set(await room.session.allowStart({ sessionId: session.sessionId }));
            close();
          }}
        >
          <p>
            {t('room.startText', {
              signedIn: board.counts.signedIn,
              expected: board.counts.expected,
              name: session.name,
            })}
          </p>
          {missing.length > 0 && (
            <details>
              <summary>{t('room.startMissing', { count: missing.length })}</summary>
              <ul>
                {missing.map((one) => (
                  <li key={one.sittingId}>
                    {one.admissionNumber} {one.name}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Form>
      )}
    </DialogButton>
  );
}
