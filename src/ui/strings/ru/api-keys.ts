import type { apiKeys as en } from '../en/api-keys.ts';
import type { SameKeys } from '../strings.ts';

export const apiKeys: SameKeys<typeof en> = {
  'apiKeys.title': 'Ключи других программ',
  'apiKeys.hint':
    'С ключом другая программа узнаёт, как идут дела, забирает результаты или передаёт списки: {address}. Что можно запросить, описано в {document}.',
  'apiKeys.none': 'Ключей ещё нет: другие программы ничего запросить не могут.',
  'apiKeys.add': 'Создать ключ …',
  'apiKeys.make': 'Создать',
  'apiKeys.name': 'Название',
  'apiKeys.nameHint': 'Какая программа и кто за неё отвечает.',
  'apiKeys.key': 'Ключ',
  'apiKeys.may': 'Разрешено',
  'apiKeys.right.read-status': 'узнавать, как идут дела',
  'apiKeys.right.read-results': 'читать результаты с именами и ответами',
  'apiKeys.right.write-rosters': 'передавать списки',
  'apiKeys.project': 'Проект',
  'apiKeys.allProjects': 'все проекты',
  'apiKeys.expires': 'Действует до',
  'apiKeys.expiresHint': 'Пусто: пока не отозван.',
  'apiKeys.made': 'Создан',
  'apiKeys.used': 'Последнее обращение',
  'apiKeys.never': 'ещё не было',
  'apiKeys.state.valid': 'действует',
  'apiKeys.state.expired': 'истёк',
  'apiKeys.state.revoked': 'отозван',
  'apiKeys.revoke': 'Отозвать',
  'apiKeys.revokeText':
    '«{name}» получит отказ уже на следующий запрос. Отменить это нельзя; взамен создаётся новый ключ.',
  'apiKeys.onceTitle': 'Новый ключ',
  'apiKeys.once': 'Скопируйте сейчас: он показан один раз и нигде не хранится.',
  'apiKeys.noted': 'Записан',
  'refusal.api-key-missing':
    'В запросе нет ключа.|Передайте его как «Authorization: Bearer ivk_…». Ключ создаёт администратор в консоли РЦОИ.',
  'refusal.api-key-wrong': 'Такого ключа нет.|Проверьте, что он скопирован целиком, или запросите новый.',
  'refusal.api-key-expired': 'Срок ключа истёк.|Запросите новый в консоли РЦОИ.',
  'refusal.api-key-revoked': 'Ключ отозван.|Запросите новый в консоли РЦОИ.',
  'refusal.api-key-in-url':
    'Ключ стоит в адресе, а адреса остаются в журналах.|Отзовите этот ключ и передавайте новый в заголовке Authorization.',
  'refusal.api-key-may-not':
    'Этому ключу это не разрешено; нужно: {rights}.|Запросите ключ с таким разрешением.',
  'refusal.api-key-expires-in-past': 'Этот момент уже прошёл.|Выберите более поздний или оставьте пустым.',
  'refusal.no-such-api-key': 'Такого ключа нет, или он уже отозван.|Посмотрите список.',
  'refusal.api-not-for-pages':
    'Страница в браузере не может обращаться сюда.|Обращайтесь из программы на сервере.',
  'refusal.api-no-such-operation': 'Такой операции нет.|См. /api/v1/openapi.json.',
  'refusal.api-bad-input': 'Запрос неверен: {at} {problem}.|См. /api/v1/openapi.json.',
  'refusal.api-bad-cursor':
    'Этот курсор не из этого списка.|Верните курсор последней страницы без изменений или начните без него.',
  'refusal.api-body-too-large': 'Запрос больше {limit:bytes}.|Запрашивайте меньшими частями.',
  'refusal.api-content-type': 'Такое содержимое не принимается; нужно: {taken}.|Укажите Content-Type.',
  'refusal.api-too-many-requests':
    'Слишком много запросов с этим ключом.|Повторите через {waitMs:duration} (минуты:секунды).',
  'refusal.api-idempotency-key-missing':
    'Нет заголовка Idempotency-Key, или в нём не от 1 до 200 видимых знаков.|Выберите его для каждого списка и сохраняйте при повторах.',
  'refusal.api-idempotency-key-reused': 'Этот Idempotency-Key уже использован для другого.|Выберите другой.',
  'refusal.api-request-under-way':
    'Список этого ключа ещё обрабатывается: по одному за раз.|Подождите и повторите.',
  'refusal.no-such-result': 'Такого результата нет.|Возьмите resultId из списка результатов.',
};
