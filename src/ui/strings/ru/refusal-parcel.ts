import type { refusalParcel as en } from '../en/refusal-parcel.ts';
import type { SameKeys } from '../strings.ts';

export const refusalParcel: SameKeys<typeof en> = {
  'refusal.not-a-parcel': 'Это не файл Invigil.|Выберите выгруженный файл.',
  'refusal.cut-short': 'Файл обрезан.|Скопируйте или выгрузите заново.',
  'refusal.altered': 'Файл изменён в пути ({part}); ничего не принято.|Получите его заново.',
  'refusal.bad-signature': 'Подпись неверна; ничего не принято.|Получите файл заново.',
  'refusal.not-signed': 'Файл не подписан.|Выберите выгруженный файл.',
  'refusal.wrong-signature-type': 'Файл другого вида.|Выберите нужный.',
  'refusal.untrusted-sender': 'Отправитель не доверенный ({code}).|Возьмите файл из своего РЦОИ или ППЭ.',
  'refusal.certificate-missing': 'Нет сертификата отправителя.|Выгрузите файл заново.',
  'refusal.certificate-expired': 'Сертификат отправителя истёк.|Проверьте часы или зарегистрируйтесь заново.',
  'refusal.certificate-not-yet-valid': 'Сертификат отправителя ещё не действует.|Проверьте часы.',
  'refusal.wrong-kind': 'Это {found}, а нужен {expected}.|Выберите нужный файл.',
  'refusal.wrong-receiver': 'Файл предназначен для {to}.|Выберите файл для этого компьютера.',
  'refusal.wrong-project': 'Файл другого проекта.|Выберите файл этого экзамена.',
  'refusal.wrong-mode': 'Режимы различаются (там {found}).|Экзамен и апробация не смешиваются.',
  'refusal.wrong-key':
    'Файл запечатан для другого компьютера.|Выгрузите для этого или зарегистрируйтесь заново.',
  'refusal.no-such-parcel': 'Этого больше нет.|Повторите.',
  'refusal.result-unreadable': 'Результат не читается.|Выгрузите его в аудитории заново.',
  'refusal.result-incomplete': 'В результате не всё, что подтвердила аудитория.|Выгрузите заново.',
  'refusal.result-forked':
    'У журнала аудитории две версии, обе сохранены.|Звоните в поддержку до использования баллов.',
  'refusal.older-result': 'Более новый результат уже здесь.',
  'refusal.gap': 'В журнале пропуск.|Недостающее придёт само.',
  'refusal.broken': 'Полученный журнал не цел.|Звоните в поддержку.',
  'refusal.fork': 'Есть две версии журнала, обе сохранены.|Звоните в поддержку.',
};
