/** 远程控制: every seat's screen and computer, all of them or those that are chosen. */
import { useState, type ReactNode } from 'react';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { RoomClient } from '../room-console.tsx';
import { InitialiseDialog, OrderDialog } from './order-dialog.tsx';
import { NewestOrder, OrderMark } from './order-mark.tsx';
import { OpenScreens } from './open-screens.tsx';
import { ScreenMark } from './screen-mark.tsx';

export function SeatComputers({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const { user } = useSession();
  const live = useLive('remote', (signal) => room.remoteControl.live(undefined, { signal }));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const view = live.value;
  if (!view) return null;
  // Nobody chosen: all of them.
  const rows = chosen.length === 0 ? view.rows : view.rows.filter(({ seatId }) => chosen.includes(seatId));
  const props = { room, rows, set: live.set };
  return (
    <section className="panel stack" aria-label={t('remote.title')}>
      <h2>{t('remote.title')}</h2>
      <p className="soft">{t('remote.about')}</p>
      <div className="row" role="toolbar" aria-label={t('remote.title')}>
        <OpenScreens {...props} primary={false} />
        <OrderDialog {...props} action="close-screen" />
        <OrderDialog {...props} action="restart" danger />
        <OrderDialog {...props} action="shut-down" danger />
        {user.role === 'administrator' &&
          (['initialise', 'uninstall'] as const).map((action) => (
            <InitialiseDialog
              {...props}
              key={action}
              action={action}
              gate={view.initialise ? { allowed: false, reason: view.initialise } : { allowed: true }}
            />
          ))}
      </div>
      <NewestOrder newest={view.newest} />
      <Listing
        rows={view.rows}
        pageSize={25}
        rowKey={(one) => one.seatId}
        empty={<EmptyState title={t('environment.none')} todo={t('environment.noneTodo')} />}
        selection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => setChosen(keys.map(String)),
        }}
        columns={({ column, figures }) => [
          figures(t('column.seat'), (one) => one.number ?? '–'),
          column(t('column.computer'), (one) => <span className="any-length">{one.computer}</span>),
          column(t('column.address'), (one) => one.address),
          column(t('remote.screen'), (one) => (
            <>
              <ScreenMark state={one.screen} />{' '}
              {one.screenProblem && <RefusalText refusal={one.screenProblem} />}
            </>
          )),
          column(t('remote.now'), (one) =>
            [
              one.atWork ? t('remote.isAtWork') : t('remote.isFree'),
              ...(one.pending > 0 ? [t('remote.pending', { count: one.pending })] : []),
            ].join(' · '),
          ),
          column(t('remote.order'), (one) => <OrderMark order={one.order} />),
        ]}
      />
    </section>
  );
}
