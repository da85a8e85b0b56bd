export const PhoneLink = ({ phone }: { phone: string }) => (
  <a className="digits" dir="ltr" href={`tel:${phone.replace(/[^\d+*#]/g, '')}`}>
    {phone}
  </a>
)
