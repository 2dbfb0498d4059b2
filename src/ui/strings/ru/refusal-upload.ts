import type { refusalUpload as en } from '../en/refusal-upload.ts';
import type { SameKeys } from '../strings.ts';

/** What is wrong with an upload of scans. */
export const refusalUpload: SameKeys<typeof en> = {
  'refusal.upload-being-read':
    'Загрузка уже обрабатывается или завершена.|Отдельные страницы можно удалить по одной.',
  'refusal.upload-needs-no-password': 'Пароль для этой загрузки больше не нужен.|Посмотрите её состояние.',
  'refusal.upload-expired':
    'За неделю от архива ничего не поступило, загрузка снята.|Загрузите его заново, если он ещё нужен.',
  'refusal.scan-was-read': 'Страница уже прочитана.|Если номер неверен, введите его вручную.',
  'refusal.scan-image-not-kept': 'Изображение этой страницы не сохранено.|Отсканируйте страницу заново.',
  'refusal.scan-archive-not-here':
    'Архива нет на этом компьютере, например после возврата к резервной копии.|Загрузите его заново; имеющиеся страницы не будут учтены дважды.',
  'refusal.scan-reading-failed':
    'При обработке архива произошёл сбой программы; архив сохранён.|Обработка повторится при следующем запуске центра. Сообщите в поддержку.',
  'refusal.archive-several-rooms':
    'В архиве страницы из аудиторий ({count}): {rooms}.|Один архив — одна аудитория; проверьте, не перепутано ли что-нибудь.',
};
