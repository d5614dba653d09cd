"""Which commands spend the speaker's money. One that asks others for money does not."""

SPENDING = {
    "BuyProduct", "Checkout", "Reorder", "PayMerchant", "PayBill",
    "SendMoney", "CreateStandingOrder", "TopUp", "BookRentalCar",
}
