/** A number a phone can call, written as it was typed. */
export const PhoneLink = ({ phone }: { phone: string }) => (
  <a className="digits" dir="ltr" href={`tel:${phone.replace(/[^\d+*#]/g, '')}`}>
    {phone}
  </a>
)
