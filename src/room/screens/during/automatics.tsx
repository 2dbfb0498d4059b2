/** Mock exams: what seats do by themselves (自动登录, 自动作答, 统一收卷). */
import type { ReactNode } from 'react';
import { Checkbox } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { useText } from '../../../ui/text.ts';
import { useAction } from '../../../ui/use-action.ts';
import type { SessionProps } from './session-page.tsx';

export function Automatics(props: SessionProps): ReactNode {
  const t = useText();
  return <DialogButton label={t('room.automatics')}>{() => <Switches {...props} />}</DialogButton>;
}

function Switches({ room, board, session, set }: SessionProps): ReactNode {
  const t = useText();
  const { run } = useAction();
  const { sessionId, automatics } = session;
  const change = async (changed: Partial<typeof automatics>): Promise<void> =>
    set(await room.session.setAutomatics({ sessionId, automatics: { ...automatics, ...changed } }));
  const atWork = board.counts.inExam;
  return (
    <div className="stack">
      <p>{t('room.automaticsText')}</p>
      <Checkbox
        checked={automatics.signIn}
        onChange={(event) => void run(() => change({ signIn: event.target.checked }))}
      >
        {t('room.automaticSignIn')}
      </Checkbox>
      <Checkbox
        checked={automatics.answer}
        onChange={(event) => void run(() => change({ answer: event.target.checked }))}
      >
        {t('room.automaticAnswer')}
      </Checkbox>
      <div className="row">
        <ActButton
          gate={screenGate(atWork > 0 || automatics.handIn, 'nobody-in-exam')}
          act={() => change({ handIn: !automatics.handIn })}
        >
          {automatics.handIn ? t('room.collectAllStop') : t('room.collectAll', { count: atWork })}
        </ActButton>
      </div>
    </div>
  );
}
