/** The sentence that says what to do now, and the one primary button for it. */
import type { ReactNode } from 'react';
import { Button } from 'antd';
import { ActButton } from '../../../ui/act-button.tsx';
import { FileButton } from '../../../ui/file-drop.tsx';
import { NowLine } from '../../../ui/now-line.tsx';
import { useText } from '../../../ui/text.ts';
import { EndSession } from './end-session.tsx';
import type { SessionProps } from './session-page.tsx';
import { StartSession } from './start-session.tsx';

export function SessionNow(props: SessionProps): ReactNode {
  const t = useText();
  const { board } = props;
  return (
    <NowLine action={<Primary {...props} />}>
      {t.find(`next.${board.next.type}`, board.next) ?? board.next.type}
    </NowLine>
  );
}

function Primary(props: SessionProps): ReactNode {
  const t = useText();
  const { room, board, session, set, go } = props;
  const { sessionId } = session;
  switch (board.next.type) {
    case 'next-authorise':
      return (
        <>
          <ImportAuthorisation {...props} />
          <ActButton
            type="primary"
            gate={board.toolbar.authorise}
            act={async () => set(await room.session.authorise({ sessionId }))}
          >
            {t('room.authorise')}
          </ActButton>
        </>
      );
    case 'next-open-the-key':
      return (
        <Button type="primary" onClick={() => go('before', 'verify')}>
          {t('step.verify')}
        </Button>
      );
    case 'next-allow-sign-in':
      return (
        <ActButton
          type="primary"
          gate={board.toolbar.allowSignIn}
          act={async () => set(await room.session.allowSignIn({ sessionId }))}
        >
          {t('room.allowSignIn')}
        </ActButton>
      );
    case 'next-allow-start':
    case 'next-late-start':
      return <StartSession {...props} />;
    case 'next-end':
      return <EndSession {...props} primary />;
    case 'next-report':
    case 'next-wait-for-receipt':
    case 'next-done':
      return (
        <Button type="primary" onClick={() => go('after')}>
          {t('room.toAfter')}
        </Button>
      );
    default:
      return null;
  }
}

function ImportAuthorisation({ room, board, set }: SessionProps): ReactNode {
  const t = useText();
  return (
    <FileButton
      gate={board.toolbar.authorise}
      label={t('room.importAuthorisation')}
      hint={t('room.importAuthorisationHint')}
      onFile={async (uploadId) => set(await room.session.importAuthorisation({ uploadId }))}
    />
  );
}
