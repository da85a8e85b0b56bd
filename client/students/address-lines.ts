export const addressLines = ['street', 'city', 'region', 'postalCode', 'country'] as const
