/** Why a kit is spoiled: one of the usual reasons, or in words. */
import { useState, type ReactNode } from 'react';
import { Button, Input, Modal } from 'antd';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { useText } from '../../../ui/text.ts';

const usual = ['jam', 'missing', 'pale', 'askew', 'blank', 'nothing', 'flaw'] as const;

export function SpoiledDialog({
  kit,
  onSpoiled,
  onClose,
}: {
  /** null: closed. */
  kit: string | null;
  /** `reason` in the language of who stands here: it is read in the journal and on the protocol. */
  onSpoiled: (kit: string, reason: string) => Promise<void>;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const [reason, setReason] = useState('');
  return (
    <Modal
      open={kit !== null}
      title={t('stationPrint.spoiledKit', { kit: kit ?? '' })}
      footer={null}
      destroyOnHidden
      mask={{ closable: false }}
      onCancel={onClose}
      afterClose={() => setReason('')}
    >
      <p>{t('stationPrint.spoiledText')}</p>
      <Form
        submit={t('stationPrint.markSpoiled')}
        ready={reason.trim() !== ''}
        onSubmit={() => onSpoiled(kit ?? '', reason.trim())}
        onCancel={onClose}
      >
        <div className="print-reasons" role="group" aria-label={t('stationPrint.reason')}>
          {usual.map((one) => {
            const words = t(`stationPrint.why.${one}`);
            return (
              <Button
                key={one}
                aria-pressed={reason === words}
                type={reason === words ? 'primary' : 'default'}
                onClick={() => setReason(words)}
              >
                {words}
              </Button>
            );
          })}
        </div>
        <Field label={t('stationPrint.reasonOther')}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </Form>
      <RefusalNotice />
    </Modal>
  );
}
