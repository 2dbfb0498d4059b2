/** 启动考生端 and 关闭考生端 in the toolbar of the session: how many screens are missing, and which. */
import type { ReactNode } from 'react';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import type { RoomClient } from '../room-console.tsx';
import { OrderDialog } from './order-dialog.tsx';
import { NewestOrder, OrderMark } from './order-mark.tsx';
import { OpenScreens } from './open-screens.tsx';
import { ScreenMark } from './screen-mark.tsx';

export function CandidateScreens({ room }: { room: RoomClient }): ReactNode {
  const t = useText();
  const live = useLive('remote', (signal) => room.remoteControl.live(undefined, { signal }));
  const view = live.value;
  const missing = view?.rows.filter(({ screen }) => screen !== 'shown' && screen !== 'elsewhere') ?? [];
  return (
    <DialogButton
      label={
        view && missing.length > 0
          ? t('remote.toolbarMissing', { count: missing.length })
          : t('remote.toolbar')
      }
      title={t('remote.screens')}
      width={900}
    >
      {() =>
        view && (
          <div className="stack">
            <p>
              {missing.length === 0
                ? t('remote.allShown', { count: view.rows.length })
                : t('remote.missing', { count: missing.length, all: view.rows.length })}
            </p>
            <div className="row">
              <OpenScreens room={room} rows={missing} set={live.set} primary={missing.length > 0} />
              <OrderDialog room={room} rows={view.rows} set={live.set} action="close-screen" />
            </div>
            <NewestOrder newest={view.newest} />
            <Listing
              rows={missing}
              pageSize={15}
              rowKey={(one) => one.seatId}
              empty={<span />}
              columns={({ column, figures }) => [
                figures(t('column.seat'), (one) => one.number ?? '–'),
                column(t('column.computer'), (one) => <span className="any-length">{one.computer}</span>),
                column(t('remote.screen'), (one) => (
                  <>
                    <ScreenMark state={one.screen} />{' '}
                    {one.screenProblem && <RefusalText refusal={one.screenProblem} />}
                  </>
                )),
                column(t('remote.order'), (one) => <OrderMark order={one.order} />),
              ]}
            />
          </div>
        )
      }
    </DialogButton>
  );
}
