/** A filled-in table: what is in it, what is wrong, and then all of it or nothing. */
import { useState, type ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import type { ProtocolPreview } from '../../protocols/contract.ts';

export function ProtocolFile(props: {
  preview: (uploadId: string) => Promise<ProtocolPreview>;
  handIn: (uploadId: string) => Promise<void>;
}): ReactNode {
  const t = useText();
  const { preview, handIn } = props;
  const [read, setRead] = useState<{ uploadId: string; of: ProtocolPreview } | null>(null);
  return (
    <div className="stack">
      <FileDrop
        hint={t('protocols.fromFileHint')}
        accept=".xlsx,.csv"
        onFile={async (uploadId) => {
          setRead(null);
          setRead({ uploadId, of: await preview(uploadId) });
        }}
      />
      {read && (
        <>
          <p role="status">
            {t('protocols.preview', { rooms: read.of.rooms.length, errors: read.of.errors.length })}
          </p>
          {read.of.errors.length > 0 && (
            <Listing
              rows={read.of.errors}
              rowKey={(one) => `${one.line} ${one.column} ${one.reason.type} ${one.value}`}
              pageSize={10}
              columns={({ column, figures }) => [
                figures(t('protocols.line'), ({ line }) => line),
                column(t('protocols.field.room'), ({ room }) => room || '–'),
                column(t('protocols.column'), (one) => t(`protocols.field.${one.column}`)),
                column(t('protocols.value'), ({ value }) => value || '–'),
                column(t('protocols.problem'), ({ reason }) => <RefusalText refusal={reason} />),
              ]}
            />
          )}
          {read.of.rooms.length > 0 && (
            <Listing
              rows={read.of.rooms}
              rowKey={({ line }) => String(line)}
              pageSize={10}
              columns={({ column, figures }) => [
                figures(t('protocols.line'), ({ line }) => line),
                column(t('protocols.field.room'), ({ room, replaces }) => (
                  <>
                    {room || '–'} {replaces && <span className="soft">{t('protocols.replaces')}</span>}
                  </>
                )),
                figures(t('protocols.field.kitsUsed'), ({ body }) => body.kitsUsed),
                figures(t('protocols.field.absent'), ({ body }) => body.absent),
                column(t('protocols.field.signedBy'), ({ body }) => body.signedBy),
              ]}
            />
          )}
          <div className="row-end">
            <ActButton
              type="primary"
              gate={screenGate(read.of.errors.length === 0, 'form-incomplete')}
              act={() => handIn(read.uploadId)}
              done={t('protocols.handedIn')}
            >
              {t('protocols.handIn')}
            </ActButton>
          </div>
        </>
      )}
    </div>
  );
}
