import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { ByCode } from './by-code.tsx';
import type { SessionProps } from './session-page.tsx';

/** "Allow start": says who is here and who is not, then counts down for everybody. */
export function StartSession(props: SessionProps): ReactNode {
  const t = useText();
  const { room, board, session, set } = props;
  if (board.toolbar.allowStart.reason?.type === 'late-start-needs-code') return <LateStart {...props} />;
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

/** 延考: the start window is over; centre or site permit it. */
function LateStart(props: SessionProps): ReactNode {
  const t = useText();
  return (
    <DialogButton type="primary" label={t('room.lateStart')}>
      {(close) => (
        <ByCode
          {...props}
          wanted={{ action: 'late-start', sittingId: null, minutes: 0 }}
          done={t('room.lateStarted')}
          close={close}
        >
          <RefusalText refusal={props.board.toolbar.allowStart.reason ?? { type: 'late-start-needs-code' }} />
        </ByCode>
      )}
    </DialogButton>
  );
}
